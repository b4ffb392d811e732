package hansa.kernel.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What listeners show to clients. The certificate can be replaced while they run; connections made afterwards get the
 * new one. Safe for use by several threads.
 */
public final class TlsContext {

    private final Keys keys;
    private final SSLContext ssl;

    TlsContext(Credential credential) {
        this.keys = new Keys(credential);
        try {
            this.ssl = SSLContext.getInstance("TLS");
            ssl.init(new KeyManager[] {keys}, new TrustManager[] {new AnyClient()}, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no TLS", e);
        }
    }

    public SSLContext ssl() {
        return ssl;
    }

    X509Certificate certificate() {
        return keys.shown.current().credential().certificate();
    }

    void use(Credential credential) {
        keys.show(credential);
    }

    /**
     * Shows the one credential to whoever asks for its kind of key. The one before it is kept for handshakes that began
     * with it, since the library asks for name, chain and key one after the other.
     */
    private static final class Keys extends X509ExtendedKeyManager {

        private record Named(String alias, Credential credential) {}

        private record Shown(Named current, Named before) {}

        private volatile Shown shown;

        Keys(Credential credential) {
            Named first = named(credential);
            this.shown = new Shown(first, first);
        }

        void show(Credential credential) {
            shown = new Shown(named(credential), shown.current());
        }

        private static Named named(Credential credential) {
            return new Named(credential.certificate().getSerialNumber().toString(), credential);
        }

        private Credential named(String alias) {
            Shown now = shown;
            return now.before().alias().equals(alias)
                    ? now.before().credential()
                    : now.current().credential();
        }

        private @Nullable String aliasFor(String keyType) {
            Named current = shown.current();
            String own = current.credential().key().getAlgorithm();
            return keyType.equals(own) || keyType.equals("EdDSA") && own.startsWith("Ed") ? current.alias() : null;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return aliasFor(keyType);
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return aliasFor(keyType);
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            String alias = aliasFor(keyType);
            return alias == null ? null : new String[] {alias};
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return named(alias).chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return named(alias).key();
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }
}

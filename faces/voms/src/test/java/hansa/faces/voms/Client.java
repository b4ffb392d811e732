package hansa.faces.voms;

import hansa.protocols.voms.VomsAnswer;
import hansa.protocols.voms.VomsSyntaxException;
import hansa.trust.kit.Credential;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** A client that shows its whole chain in TLS, whatever it is good for. */
record Client(X509Certificate trusted, Optional<Credential> credential) {

    /** What came back, and its reading as a VOMS server's answer. */
    record Reply(int status, String mediaType, String body) {

        VomsAnswer answer() throws VomsSyntaxException {
            return VomsAnswer.read(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        VomsAnswer.Granted granted() throws VomsSyntaxException {
            if (answer() instanceof VomsAnswer.Granted granted && status == 200) {
                return granted;
            }
            throw new AssertionError(status + " " + body);
        }

        VomsAnswer.Refused refused() throws VomsSyntaxException {
            if (answer() instanceof VomsAnswer.Refused refused && status != 200 && !body.contains("<ac>")) {
                return refused;
            }
            throw new AssertionError(status + " " + body);
        }
    }

    Reply get(URI base, String path, String... headers) throws IOException, InterruptedException {
        return send(base, path, "GET", headers);
    }

    Reply send(URI base, String path, String method, String... headers) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().sslContext(context()).build()) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(base + path)).method(method, HttpRequest.BodyPublishers.noBody());
            for (int i = 0; i < headers.length; i += 2) {
                request.header(headers[i], headers[i + 1]);
            }
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body());
        }
    }

    private SSLContext context() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("ca", trusted);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    credential.map(own -> new KeyManager[] {new Shown(own)}).orElse(new KeyManager[0]),
                    trust.getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Shown extends X509ExtendedKeyManager {

        private final Credential credential;

        Shown(Credential credential) {
            this.credential = credential;
        }

        @Override
        public String chooseEngineClientAlias(
                String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return "client";
        }

        @Override
        public String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return "client";
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return credential.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return credential.key();
        }

        @Override
        public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {"client"};
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }
}

package hansa.protocols.sigv4;

import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** A secret access key narrowed to a {@link Scope}. Its text does not show it. Safe for many threads. */
public final class SigningKey {

    private final byte[] key;
    private final Scope scope;

    private SigningKey(byte[] key, Scope scope) {
        this.key = key;
        this.scope = scope;
    }

    public static SigningKey of(String secret, Scope scope) {
        byte[] date = Digests.hmac(
                ("AWS4" + secret).getBytes(StandardCharsets.UTF_8),
                scope.date().format(DateTimeFormatter.BASIC_ISO_DATE));
        byte[] region = Digests.hmac(date, scope.region());
        byte[] service = Digests.hmac(region, scope.service());
        return new SigningKey(Digests.hmac(service, Scope.END), scope);
    }

    public Scope scope() {
        return scope;
    }

    /** @return 64 lower-case hexadecimal digits */
    public String sign(String stringToSign) {
        return HexFormat.of().formatHex(Digests.hmac(key, stringToSign));
    }

    @Override
    public String toString() {
        return "signing key for " + scope;
    }
}

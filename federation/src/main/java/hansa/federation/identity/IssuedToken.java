package hansa.federation.identity;

/**
 * A new API token.
 *
 * @param id names the token when it is listed or revoked
 * @param secret what the caller sends; shown this once and not kept
 */
public record IssuedToken(String id, String secret) {
    @Override
    public String toString() {
        return "IssuedToken[id=" + id + ", secret hidden]";
    }
}

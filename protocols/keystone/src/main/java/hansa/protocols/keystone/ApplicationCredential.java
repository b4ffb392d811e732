package hansa.protocols.keystone;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An application credential.
 *
 * @param projectId null where it is for no project alone
 * @param secret in the answer to its creation only
 */
public record ApplicationCredential(
        String id,
        String name,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<String> description,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<String> projectId,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<String> expiresAt,
        boolean unrestricted,
        List<Token.Ref> roles,
        Optional<String> secret,
        Map<String, String> links) {

    public static ApplicationCredential of(
            String id,
            String name,
            Optional<String> description,
            Optional<String> projectId,
            Optional<Instant> expires,
            boolean unrestricted,
            List<Token.Ref> roles,
            String self) {
        return new ApplicationCredential(
                id,
                name,
                description,
                projectId,
                expires.map(Token::micros),
                unrestricted,
                List.copyOf(roles),
                Optional.empty(),
                Map.of("self", self));
    }

    public ApplicationCredential withSecret(String shownOnce) {
        return new ApplicationCredential(
                id, name, description, projectId, expiresAt, unrestricted, roles, Optional.of(shownOnce), links);
    }

    @Override
    public String toString() {
        return "ApplicationCredential[id=" + id + ", name=" + name + ", secret hidden]";
    }

    public record One(ApplicationCredential applicationCredential) {}

    public record Many(List<ApplicationCredential> applicationCredentials, Links links) {}
}

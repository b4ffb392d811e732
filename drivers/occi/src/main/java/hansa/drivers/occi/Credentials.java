package hansa.drivers.occi;

import hansa.cloud.CloudException;
import hansa.protocols.occi.HeaderField;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** What was configured to show who we are, besides a client certificate. None of them prints its secret. */
sealed interface Credentials {

    int LARGEST_TOKEN = 64 * 1024;

    /** What is sent with a request; empty for those that are not shown in headers. */
    Optional<HeaderField> header();

    /** Only a client certificate, or nothing at all. */
    record None() implements Credentials {
        @Override
        public Optional<HeaderField> header() {
            return Optional.empty();
        }
    }

    /** A token of the service itself. */
    record ApiToken(String token) implements Credentials {
        @Override
        public Optional<HeaderField> header() {
            return Optional.of(new HeaderField("X-Auth-Token", token));
        }

        @Override
        public String toString() {
            return "ApiToken[hidden]";
        }
    }

    /** A name and a password. */
    record Password(String user, String password) implements Credentials {
        @Override
        public Optional<HeaderField> header() {
            byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return Optional.of(new HeaderField(
                    "Authorization", "Basic " + Base64.getEncoder().encodeToString(both)));
        }

        @Override
        public String toString() {
            return "Password[user=" + user + ", password hidden]";
        }
    }

    /** An access token. */
    record Bearer(String token) implements Credentials {
        @Override
        public Optional<HeaderField> header() {
            return Optional.of(new HeaderField("Authorization", "Bearer " + token));
        }

        @Override
        public String toString() {
            return "Bearer[hidden]";
        }
    }

    /** An access token in a file that somebody else keeps fresh. */
    record BearerFile(Path file) implements Credentials {
        @Override
        public Optional<HeaderField> header() {
            return new Bearer(content()).header();
        }

        private String content() {
            try (InputStream in = Files.newInputStream(file)) {
                String text = new String(in.readNBytes(LARGEST_TOKEN), StandardCharsets.US_ASCII).strip();
                if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
                    throw new CloudException.Unauthorised("the file " + file + " holds no access token");
                }
                return text;
            } catch (IOException e) {
                throw new CloudException.Unavailable("the access token in " + file + " cannot be read", e);
            }
        }
    }
}

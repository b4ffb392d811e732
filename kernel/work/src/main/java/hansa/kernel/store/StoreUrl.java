package hansa.kernel.store;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a store is. Its text form never shows a password. */
public sealed interface StoreUrl {

    /** A SQLite database file. */
    record Sqlite(Path file) implements StoreUrl {
        @Override
        public String toString() {
            return "sqlite:" + file;
        }
    }

    /**
     * A PostgreSQL database.
     *
     * @param jdbc the JDBC URL without user and password
     * @param user empty: the driver's own default
     * @param password empty: none
     */
    record Postgres(String jdbc, Optional<String> user, Optional<String> password) implements StoreUrl {
        @Override
        public String toString() {
            return jdbc.substring("jdbc:".length());
        }
    }

    /**
     * Reads {@code sqlite:/path/file.db}, {@code jdbc:sqlite:/path/file.db}, {@code postgresql://user:password@host:5432/db?sslmode=require}
     * or {@code jdbc:postgresql://host/db?user=u&password=p}.
     *
     * @throws Failure {@link ErrorCode#ATTRIBUTE_INVALID} for everything else; the message does not repeat the URL
     */
    static StoreUrl parse(String text) {
        String url = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
        int colon = url.indexOf(':');
        String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "sqlite" -> sqlite(url.substring(colon + 1));
            case "postgresql", "postgres" -> postgres(url.substring(colon + 1));
            case String other ->
                throw invalid("The store's URL has to start with sqlite: or postgresql:, not with \"" + other + "\".");
        };
    }

    private static StoreUrl sqlite(String rest) {
        String path = rest.startsWith("//") ? rest.substring(2) : rest;
        if (path.isBlank() || path.startsWith(":") || path.indexOf('?') >= 0) {
            throw invalid("The store's URL has to name a file, for example sqlite:/var/lib/hansa/hansa.db.");
        }
        try {
            return new Sqlite(Path.of(path).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            throw invalid("The store's URL names an impossible file: " + e.getReason() + ".");
        }
    }

    private static StoreUrl postgres(String rest) {
        URI uri;
        try {
            uri = new URI("postgresql:" + rest);
        } catch (URISyntaxException e) {
            throw invalid("The store's URL cannot be read at character " + e.getIndex()
                    + "; write special characters of the password as %XX.");
        }
        String authority = uri.getRawAuthority();
        String database = uri.getRawPath();
        if (authority == null || database == null || database.length() < 2) {
            throw invalid(
                    "The store's URL has to name a host and a database: postgresql://user:password@host/database.");
        }
        Optional<String> user = Optional.empty();
        Optional<String> password = Optional.empty();
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String[] login = authority.substring(0, at).split(":", 2);
            user = Optional.of(decode(login[0]));
            password = login.length == 2 ? Optional.of(decode(login[1])) : Optional.empty();
        }
        List<String> kept = new ArrayList<>();
        for (String parameter :
                uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&")) {
            if (parameter.startsWith("user=")) {
                user = Optional.of(decode(parameter.substring("user=".length())));
            } else if (parameter.startsWith("password=")) {
                password = Optional.of(decode(parameter.substring("password=".length())));
            } else if (!parameter.isEmpty()) {
                kept.add(parameter);
            }
        }
        String query = kept.isEmpty() ? "" : "?" + String.join("&", kept);
        return new Postgres("jdbc:postgresql://" + authority.substring(at + 1) + database + query, user, password);
    }

    private static String decode(String escaped) {
        try {
            return URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid(
                    "User or password in the store's URL holds a % that is not followed by two hex digits; write it as %25.");
        }
    }

    private static Failure invalid(String message) {
        return new Failure(ErrorCode.ATTRIBUTE_INVALID, message);
    }
}

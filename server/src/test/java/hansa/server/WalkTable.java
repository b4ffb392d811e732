package hansa.server;

import hansa.server.RouteWalkTest.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Who may use which route: what {@link RouteWalkTest} expects, from {@code routes.txt}. */
final class WalkTable {

    static final Map<String, Line> LINES = read();

    private WalkTable() {}

    /**
     * @param look whether it only shows something
     * @param query behind the path, may be empty
     */
    record Line(Kind kind, boolean look, String query, String type, String body) {}

    /** What one role gets. */
    enum Outcome {
        /** Past identity and policy, whatever comes then. */
        LET_IN {
            @Override
            boolean allows(int status) {
                return status != 401 && status != 403 && status < 500;
            }
        },
        /** Past identity and policy to something that is there. */
        FINDS {
            @Override
            boolean allows(int status) {
                return status != 404 && LET_IN.allows(status);
            }
        },
        /** Not known to the node. */
        UNKNOWN {
            @Override
            boolean allows(int status) {
                return status == 401;
            }
        },
        /** Told that it is not allowed. */
        DENIED {
            @Override
            boolean allows(int status) {
                return status == 403;
            }
        },
        /** Told that it is not allowed, or that there is no such thing. */
        HIDDEN {
            @Override
            boolean allows(int status) {
                return status == 403 || status == 404;
            }
        },
        /** Known; the body or the path decides about the rest. */
        KNOWN {
            @Override
            boolean allows(int status) {
                return status != 401 && status < 500;
            }
        },
        /** Anything but a fault. */
        ANYTHING {
            @Override
            boolean allows(int status) {
                return status < 500;
            }
        };

        abstract boolean allows(int status);
    }

    /** What kinds of routes there are. */
    enum Kind {
        /** For whoever comes. */
        OPEN,
        /** For whoever comes, to show credentials of another form. */
        OPEN_ANY,
        /** For whoever is known. */
        SIGNED,
        /** For whoever is known, by credentials of the protocol's own. */
        SIGNED_ANY,
        /** For all callers whose credential is good for it. */
        EVERYBODY,
        /** Something of the owner's in the name of the organisation: its managers too, its auditors to look. */
        BELONGS,
        /** As BELONGS, to a part of it that is not there. */
        BELONGS_NONE,
        /** An image: the organisation's members use it. */
        IMAGE,
        /** Something that is the owner's alone. */
        OWN,
        /** As OWN, to a part of it that is not there. */
        OWN_NONE,
        /** For members of the organisation. */
        MEMBERS,
        /** For managers of the organisation, and its auditors to look. */
        MANAGERS,
        /** For operators. */
        OPERATORS;

        Outcome outcome(Role role, boolean look) {
            if (role == Role.ANONYMOUS) {
                return switch (this) {
                    case OPEN -> Outcome.LET_IN;
                    case OPEN_ANY -> Outcome.ANYTHING;
                    default -> Outcome.UNKNOWN;
                };
            }
            return switch (this) {
                case OPEN -> Outcome.LET_IN;
                case OPEN_ANY, SIGNED_ANY -> Outcome.ANYTHING;
                case SIGNED -> Outcome.KNOWN;
                case EVERYBODY ->
                    role == Role.FOREIGN || role == Role.READER && !look ? Outcome.DENIED : Outcome.LET_IN;
                case BELONGS -> belongs(role, look, false) ? Outcome.FINDS : Outcome.HIDDEN;
                case BELONGS_NONE -> belongs(role, look, false) ? Outcome.LET_IN : Outcome.HIDDEN;
                case IMAGE -> belongs(role, look, true) ? Outcome.FINDS : Outcome.HIDDEN;
                case OWN -> owns(role, look) ? Outcome.FINDS : Outcome.HIDDEN;
                case OWN_NONE -> owns(role, look) ? Outcome.LET_IN : Outcome.HIDDEN;
                case MEMBERS -> isMember(role, look) ? Outcome.LET_IN : Outcome.HIDDEN;
                case MANAGERS ->
                    role == Role.OPERATOR || role == Role.MANAGER || role == Role.AUDITOR && look
                            ? Outcome.LET_IN
                            : Outcome.HIDDEN;
                case OPERATORS -> role == Role.OPERATOR ? Outcome.LET_IN : Outcome.HIDDEN;
            };
        }

        private static boolean belongs(Role role, boolean look, boolean membersLook) {
            return switch (role) {
                case OWNER, MANAGER, OPERATOR -> true;
                case READER, AUDITOR -> look;
                case MEMBER -> look && membersLook;
                case ANONYMOUS, OTHER, FOREIGN -> false;
            };
        }

        private static boolean owns(Role role, boolean look) {
            return role == Role.OWNER || role == Role.OPERATOR || role == Role.READER && look;
        }

        private static boolean isMember(Role role, boolean look) {
            return switch (role) {
                case OWNER, MEMBER, MANAGER, AUDITOR, OPERATOR -> true;
                case READER -> look;
                case ANONYMOUS, OTHER, FOREIGN -> false;
            };
        }
    }

    private static Map<String, Line> read() {
        try (InputStream in = WalkTable.class.getResourceAsStream("routes.txt")) {
            Map<String, Line> lines = new TreeMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        String[] parts = (line + " ").split(" \\| ?", 6);
                        Line before = lines.put(
                                parts[2].strip(),
                                new Line(
                                        Kind.valueOf(parts[0]),
                                        parts[1].strip().equals("look"),
                                        parts[3].strip(),
                                        parts.length > 4 ? parts[4].strip() : "",
                                        parts.length > 5 ? parts[5].strip() : ""));
                        if (before != null) {
                            throw new IllegalStateException("twice: " + line);
                        }
                    });
            return Collections.unmodifiableMap(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

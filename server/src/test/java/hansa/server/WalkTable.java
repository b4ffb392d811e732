package hansa.server;

import hansa.server.RouteWalkTest.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Who may use which route: what {@link RouteWalkTest} expects, from {@code routes.txt}. */
final class WalkTable {

    static final Map<String, Line> LINES = read();

    private WalkTable() {}

    /**
     * @param look whether it only shows something
     * @param query behind the path, or a header when it has the form {@code Name: value}; may be empty
     * @param body may hold names in braces, which {@link RouteWalkTest} makes
     */
    record Line(Kind kind, boolean look, String query, String type, String body) {}

    /** An answer, as far as it matters here. */
    record Answer(int status, String body) {

        boolean isLetIn() {
            return status != 401 && status != 403 && status < 500;
        }

        /** Every denial says by which rule. */
        boolean isDenied() {
            return status == 403 && body.contains("rule '");
        }
    }

    /** What one role gets. */
    enum Outcome {
        /** Past identity and policy, whatever comes then. */
        LET_IN(Answer::isLetIn),
        /** Past identity and policy to something that is there. */
        FINDS(answer -> answer.status() != 404 && answer.isLetIn()),
        /** It is done, or shown. */
        DONE(answer -> answer.status() >= 200 && answer.status() < 400),
        /** Shown the organisation. */
        SEES_IT(answer -> answer.status() == 200 && answer.body().contains(RouteWalkTest.VO)),
        /** Shown something without the organisation in it. */
        SEES_NONE(answer -> answer.status() == 200 && !answer.body().contains(RouteWalkTest.VO)),
        /** Not known to the node. */
        UNKNOWN(answer -> answer.status() == 401),
        /** Told that it is not allowed, and by which rule. */
        DENIED(Answer::isDenied),
        /** Told that it is not allowed, and by which rule, or that there is no such thing. */
        HIDDEN(answer -> answer.isDenied() || answer.status() == 404),
        /** As HIDDEN, where what is named in a body is not there for the caller. */
        UNSEEN(answer -> answer.isDenied() || answer.status() == 404 || answer.status() == 400),
        /** Told that the name is taken, or that it is not allowed, and by which rule. */
        TAKEN(answer -> answer.isDenied() || answer.status() == 409);

        private final Predicate<Answer> allowed;

        Outcome(Predicate<Answer> allowed) {
            this.allowed = allowed;
        }

        boolean allows(Answer answer) {
            return allowed.test(answer);
        }
    }

    /** What kinds of routes there are. */
    enum Kind {
        /** For whoever comes. */
        OPEN,
        /** For whoever is known: they learn of themselves only, so that no policy is asked. */
        KNOWN,
        /** As KNOWN, with what the caller's organisations are: members see the one of the walk. */
        PROJECTS,
        /** The organisation as one of the caller's. */
        PROJECT,
        /** Signs in for the organisation: its members, and operators, whatever their credential is good for. */
        SIGN_IN,
        /** For holders of certificates, of whom there are none here: nothing else that proves somebody counts. */
        HOLDERS,
        /** By a provider that is not there. */
        NO_PROVIDER,
        /** What the caller is called in their own path. */
        SELF_KNOWN,
        /** Something below the owner's own path, for nobody else. */
        SELF,
        /** A token of the owner's, for whoever is the owner, and operators. */
        SUBJECT,
        /** For all callers whose credential is good for it. */
        EVERYBODY,
        /** As EVERYBODY, with something that is each caller's own. */
        EVERYBODYS_OWN,
        /** Everything of the caller's at once; of several kinds it is refused. */
        SWEEP,
        /** Something of the owner's in the name of the organisation: its managers too, its auditors to look. */
        BELONGS,
        /** As BELONGS, to a part of it that is not there. */
        BELONGS_NONE,
        /** As BELONGS, named in the body. */
        BELONGS_NAMED,
        /** As BELONGS, made under its id for whoever does not see it. */
        BELONGS_PUT,
        /** An image: the organisation's members use it. */
        IMAGE,
        /** As IMAGE, to a part of it that is not there. */
        IMAGE_NONE,
        /** Something that is the owner's alone. */
        OWN,
        /** As OWN, to a part of it that is not there. */
        OWN_NONE,
        /** As OWN, named in the body. */
        OWN_NAMED,
        /** A request of the owner's to become a member of another organisation. */
        REQUEST,
        /** For members of the organisation. */
        MEMBERS,
        /** For managers of the organisation, and its auditors to look. */
        MANAGERS,
        /** For operators. */
        OPERATORS;

        Outcome outcome(Role role, boolean look) {
            if (role == Role.ANONYMOUS) {
                return this == OPEN ? Outcome.LET_IN : this == NO_PROVIDER ? Outcome.HIDDEN : Outcome.UNKNOWN;
            }
            return switch (this) {
                case OPEN -> Outcome.LET_IN;
                case KNOWN -> Outcome.DONE;
                case PROJECTS -> isMember(role) ? Outcome.SEES_IT : Outcome.SEES_NONE;
                case PROJECT -> isMember(role) ? Outcome.SEES_IT : Outcome.HIDDEN;
                case SIGN_IN -> isMember(role) || role == Role.OPERATOR ? Outcome.DONE : Outcome.DENIED;
                case HOLDERS -> Outcome.UNKNOWN;
                case NO_PROVIDER -> Outcome.HIDDEN;
                case SELF_KNOWN -> isOwner(role) ? Outcome.DONE : Outcome.DENIED;
                case SELF -> role == Role.OWNER || role == Role.READER && look ? Outcome.DONE : Outcome.HIDDEN;
                case SUBJECT -> isOwner(role) || role == Role.OPERATOR ? Outcome.DONE : Outcome.HIDDEN;
                case EVERYBODY -> isGoodFor(role, look) ? Outcome.LET_IN : Outcome.DENIED;
                case EVERYBODYS_OWN -> isGoodFor(role, look) ? Outcome.FINDS : Outcome.DENIED;
                case SWEEP -> isGoodFor(role, look) ? Outcome.LET_IN : Outcome.TAKEN;
                case BELONGS -> belongs(role, look, false) ? Outcome.FINDS : Outcome.HIDDEN;
                case BELONGS_NONE -> belongs(role, look, false) ? Outcome.LET_IN : Outcome.HIDDEN;
                case BELONGS_NAMED -> belongs(role, look, false) ? Outcome.DONE : Outcome.UNSEEN;
                case BELONGS_PUT -> belongs(role, look, false) ? Outcome.DONE : Outcome.TAKEN;
                case IMAGE -> belongs(role, look, true) ? Outcome.FINDS : Outcome.HIDDEN;
                case IMAGE_NONE -> belongs(role, look, true) ? Outcome.LET_IN : Outcome.HIDDEN;
                case OWN -> owns(role, look) ? Outcome.FINDS : Outcome.HIDDEN;
                case OWN_NONE -> owns(role, look) ? Outcome.LET_IN : Outcome.HIDDEN;
                case OWN_NAMED -> owns(role, look) ? Outcome.DONE : Outcome.UNSEEN;
                case REQUEST -> role == Role.OWNER ? Outcome.DONE : Outcome.HIDDEN;
                case MEMBERS -> mayAsMember(role, look) ? Outcome.LET_IN : Outcome.HIDDEN;
                case MANAGERS ->
                    role == Role.OPERATOR || role == Role.MANAGER || role == Role.AUDITOR && look
                            ? Outcome.LET_IN
                            : Outcome.HIDDEN;
                case OPERATORS -> role == Role.OPERATOR ? Outcome.LET_IN : Outcome.HIDDEN;
            };
        }

        private static boolean isGoodFor(Role role, boolean look) {
            return role != Role.FOREIGN && (role != Role.READER || look);
        }

        private static boolean isOwner(Role role) {
            return role == Role.OWNER || role == Role.READER || role == Role.FOREIGN;
        }

        private static boolean isMember(Role role) {
            return isOwner(role) || role == Role.MEMBER || role == Role.MANAGER || role == Role.AUDITOR;
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

        private static boolean mayAsMember(Role role, boolean look) {
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

package hansa.faces.keystone;

import hansa.federation.caller.Caller;
import hansa.protocols.keystone.AuthRequest.Named;
import hansa.protocols.keystone.Token.Ref;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What things are called in Keystone's terms. Its identifiers are 32 hexadecimal digits; here they are digests of the names,
 * so that they are the same for ever and at every node, and nothing has to be kept.
 */
final class Names {

    private static final int ID_BYTES = 16;

    private Names() {}

    private static String id(String kind, String name) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((kind + '\0' + name).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Ref project(String vo) {
        return new Ref(id("project", vo), vo);
    }

    static String user(Caller caller) {
        return id("user", caller.id());
    }

    static String service(String type) {
        return id("service", type);
    }

    private static Ref role(String name) {
        return new Ref(id("role", name), name);
    }

    /** The caller's virtual organisations, the primary one first. */
    static List<Ref> projects(Caller caller) {
        List<String> all = new ArrayList<>();
        caller.vo().ifPresent(all::add);
        caller.fqans().forEach(fqan -> all.add(fqan.vo()));
        return all.stream().distinct().map(Names::project).toList();
    }

    /** Everybody in a virtual organisation is a member; roles in its root group are roles in the project. */
    static List<Ref> roles(Caller caller, String vo) {
        List<Ref> roles = new ArrayList<>(List.of(role("member")));
        caller.fqans().stream()
                .filter(fqan -> fqan.group().equals("/" + vo))
                .flatMap(fqan -> fqan.role().stream())
                .map(Names::role)
                .forEach(roles::add);
        if (caller.operator()) {
            roles.add(role("admin"));
        }
        return roles.stream().distinct().toList();
    }

    /**
     * The virtual organisation that a client means.
     *
     * @return empty if the caller has none with this id; a name is taken as it is and checked by who gives the token out
     */
    static Optional<String> vo(Named project, Caller caller) {
        if (project.id().isEmpty()) {
            return project.name();
        }
        // What clients of v2.0 and rOCCI send as an id is often the name.
        return projects(caller).stream()
                .filter(ref -> ref.id().equals(project.id().get())
                        || ref.name().equals(project.id().get()))
                .filter(ref -> project.name().map(ref.name()::equals).orElse(true))
                .map(Ref::name)
                .findFirst();
    }
}

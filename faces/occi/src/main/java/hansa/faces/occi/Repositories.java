package hansa.faces.occi;

import hansa.federation.compute.Member;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.Model;
import hansa.protocols.occi.extension.Core;
import java.util.List;
import java.util.Optional;

/** Which repository serves which kind: resources first, then links. */
final class Repositories {

    private final Model model;
    private final List<Repository> all;

    Repositories(Model model, List<Repository> all) {
        this.model = model;
        this.all = List.copyOf(all);
    }

    List<Repository> all() {
        return all;
    }

    /** Those of a kind and of the kinds that descend from it. */
    List<Repository> of(Kind kind) {
        return all.stream()
                .filter(repository -> model.isA(repository.kind(), kind.id()))
                .toList();
    }

    /** Those whose collections lie at a path or below it. */
    List<Repository> below(String folder) {
        return all.stream()
                .filter(repository -> location(repository).startsWith(folder))
                .toList();
    }

    boolean isLink(Repository repository) {
        return model.isA(repository.kind(), Core.LINK);
    }

    static String location(Repository repository) {
        return repository.kind().location().orElse("/");
    }

    /** The one that serves exactly this kind. */
    Repository serving(Kind kind) {
        return all.stream()
                .filter(repository -> repository.kind().id().equals(kind.id()))
                .findFirst()
                .orElseThrow(() -> new Failure(
                        ErrorCode.CATEGORY_UNKNOWN,
                        "Nothing of the kind " + kind.id().term()
                                + " can be made here; see /-/ for the kinds on offer."));
    }

    /** The entity at a path below the mount. */
    Optional<Member> member(String path) {
        String folder = Paths.folder(path);
        String id = Paths.id(Paths.lastSegment(path));
        return id.isEmpty()
                ? Optional.empty()
                : all.stream()
                        .filter(repository -> location(repository).equals(folder))
                        .findFirst()
                        .map(repository -> new Member(repository.memberKind(), id));
    }

    Repository serving(Member member) {
        return all.stream()
                .filter(repository -> repository.memberKind() == member.kind())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no repository for " + member.kind()));
    }
}

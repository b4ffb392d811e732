package hansa.federation.images;

import static hansa.federation.Installation.OPERATOR;
import static hansa.federation.images.Senders.caller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import hansa.federation.Installation;
import hansa.federation.caller.Caller;
import hansa.federation.compute.Machine;
import hansa.federation.compute.MachineState;
import hansa.federation.compute.NewMachine;
import hansa.federation.listing.Page;
import hansa.federation.sites.FlavourId;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who finds an image, and how its owner changes that, on either database. */
abstract class ImageSharingContract {

    private static final Caller ALICE = caller("alice", "/biomed", "/biomed/imaging", "/atlas");
    private static final Caller BOB = caller("bob", "/biomed");
    private static final Caller CAROL = caller("carol", "/biomed", "/biomed/imaging/ct");
    private static final Caller MANAGER = caller("mia", "/biomed", "/biomed/Role=manager");
    private static final Caller AUDITOR = caller("aud", "/biomed", "/biomed/Role=auditor");
    private static final Caller STRANGER = caller("sam", "/atlas");
    private static final List<Caller> ALL = List.of(ALICE, BOB, CAROL, MANAGER, AUDITOR, STRANGER);
    private static final ImageId MINE = new ImageId("mine");

    abstract StoreUrl database(Path folder);

    @TempDir
    Path folder;

    private Installation node;
    private Images images;

    @BeforeEach
    void start() {
        node = Installation.on(folder).store(database(folder)).start();
        images = node.federation().images();
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static void refused(ErrorCode code, String text, ThrowingCallable call) {
        assertThat(catchThrowable(call))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code())
                                .as(failure.getMessage())
                                .isEqualTo(code))
                .hasMessageContaining(text);
    }

    private Image share(Caller caller, Audience audience) {
        return images.sharing().share(caller, MINE, audience, OptionalLong.empty());
    }

    /** In lists, in counts and by its id alike. */
    private List<String> whoFindsIt() {
        return ALL.stream()
                .filter(caller -> {
                    boolean listed = images.list(caller, Page.first(100)).stream()
                            .anyMatch(image -> image.id().equals(MINE));
                    assertThat(images.count(caller))
                            .isEqualTo(images.list(caller, Page.first(100)).size());
                    boolean found = catchThrowable(() -> images.get(caller, MINE)) == null;
                    assertThat(listed).as(caller.id()).isEqualTo(found);
                    assertThat(node.store()
                                    .<Boolean>read(sql ->
                                            images.find(sql, caller, MINE).isPresent()))
                            .isEqualTo(found);
                    return found;
                })
                .map(Caller::id)
                .toList();
    }

    @Test
    void exactly_those_find_it_with_whom_it_is_shared_now() {
        Senders.send(images, ALICE, "mine", Sharing.PRIVATE, 1000);
        assertThat(whoFindsIt()).containsExactly("alice");

        Image shared = share(ALICE, Audience.members("/biomed"));
        assertThat(shared.vo()).contains("biomed");
        assertThat(shared.owner()).contains("alice");
        assertThat(shared.generation()).isEqualTo(2);
        assertThat(whoFindsIt()).containsExactly("alice", "bob", "carol", "mia", "aud");

        share(ALICE, Audience.members("/biomed/imaging"));
        assertThat(whoFindsIt()).containsExactly("alice", "carol", "mia", "aud");

        share(ALICE, Audience.members("/atlas"));
        assertThat(whoFindsIt()).containsExactly("alice", "sam");

        share(OPERATOR, Audience.EVERYBODY);
        assertThat(whoFindsIt()).containsExactly("alice", "bob", "carol", "mia", "aud", "sam");

        assertThat(share(ALICE, Audience.NOBODY).vo()).isEmpty();
        assertThat(whoFindsIt()).containsExactly("alice");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> node.events().stream()
                        .anyMatch(event -> event.type().equals("hansa.image.changed")
                                && event.data().contains("\"generation\":6")));
    }

    @Test
    void machines_that_were_made_of_it_stay_and_no_more_are_made_once_it_is_withdrawn() {
        Senders.send(images, ALICE, "mine", Sharing.ORGANISATION, 1000);
        NewMachine wanted = NewMachine.of("m", MINE, new FlavourId("small"));
        Machine made = node.federation().machines().create(BOB, wanted);
        share(ALICE, Audience.NOBODY);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> node.federation().machines().get(BOB, made.id()).state() == MachineState.ACTIVE);
        refused(
                ErrorCode.ATTRIBUTE_INVALID,
                "There is no image 'mine'",
                () -> node.federation().machines().create(BOB, wanted));
        node.federation().machines().delete(BOB, made.id());
    }

    @Test
    void only_who_may_changes_it_and_others_do_not_even_learn_of_it() {
        Senders.send(images, ALICE, "mine", Sharing.PRIVATE, 1000);
        refused(ErrorCode.RESOURCE_NOT_FOUND, "no image", () -> share(BOB, Audience.members("/biomed")));
        refused(ErrorCode.POLICY_DENIED, "rule 'operators'", () -> share(ALICE, Audience.EVERYBODY));
        refused(ErrorCode.POLICY_DENIED, "Only members of cms", () -> share(ALICE, Audience.members("/cms")));
        refused(ErrorCode.ATTRIBUTE_INVALID, "is like /vo", () -> Audience.members("biomed imaging"));
        share(ALICE, Audience.members("/biomed"));
        refused(ErrorCode.POLICY_DENIED, "image.update", () -> share(BOB, Audience.NOBODY));
        refused(ErrorCode.POLICY_DENIED, "image.update", () -> share(AUDITOR, Audience.NOBODY));
        refused(
                ErrorCode.RESOURCE_CHANGED,
                "generation 2, not 1",
                () -> images.sharing().share(ALICE, MINE, Audience.NOBODY, OptionalLong.of(1)));
        share(MANAGER, Audience.NOBODY);
        assertThat(whoFindsIt()).containsExactly("alice");
    }

    @Test
    void what_belongs_to_nobody_is_withdrawn_by_operators_and_is_theirs_then() {
        Senders.send(images, OPERATOR, "mine", Sharing.EVERYBODY, 1000);
        assertThat(images.get(BOB, MINE).owner()).isEmpty();
        refused(ErrorCode.POLICY_DENIED, "shared", () -> share(BOB, Audience.NOBODY));
        share(OPERATOR, Audience.members("/biomed"));
        assertThat(whoFindsIt()).containsExactly("alice", "bob", "carol", "mia", "aud");
        refused(ErrorCode.POLICY_DENIED, "no owner", () -> share(MANAGER, Audience.NOBODY));
        assertThat(share(OPERATOR, Audience.NOBODY).owner()).isEqualTo(Optional.of("root"));
        assertThat(whoFindsIt()).isEmpty();
    }

    @Test
    void the_images_of_clouds_are_for_whoever_uses_the_cloud() {
        await().atMost(Duration.ofSeconds(20)).until(() -> images.count(OPERATOR) > 0);
        ImageId tiny = new ImageId("tiny");
        refused(
                ErrorCode.POLICY_DENIED,
                "cloud-own",
                () -> images.sharing().share(OPERATOR, tiny, Audience.NOBODY, OptionalLong.empty()));
    }
}

package hansa.federation.compute;

import static hansa.federation.Installation.ALICE;
import static hansa.federation.Installation.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.CloudName;
import hansa.federation.Installation;
import hansa.federation.compute.Filter.Attribute;
import hansa.federation.images.Image;
import hansa.federation.images.ImageId;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.federation.policy.Rules;
import hansa.federation.sites.CloudEntry;
import hansa.federation.sites.Flavour;
import hansa.federation.sites.FlavourId;
import hansa.federation.vos.Organisation;
import hansa.kernel.store.StoreUrl;
import hansa.policy.AccessRequest;
import hansa.policy.Decision;
import hansa.policy.Pdp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a policy does not let callers read is not listed and not counted, on either database. */
abstract class ThinnedListContract {

    private static final String LAB = "lab";

    abstract StoreUrl database(Path folder);

    @TempDir
    Path folder;

    private Installation node;
    private MachineService machines;

    @BeforeEach
    void start() {
        node = Installation.on(folder)
                .store(database(folder))
                .cloud("sim", Map.of())
                .cloud(LAB, Map.of())
                .start();
        machines = node.federation().machines();
    }

    @AfterEach
    void close() {
        node.close();
    }

    /** Denies what it is told to, and counts how often it is asked. */
    private record Denying(Predicate<AccessRequest> what, boolean looksAtIds, AtomicInteger asked) implements Pdp {

        static Denying what(Predicate<AccessRequest> what) {
            return new Denying(what, false, new AtomicInteger());
        }

        Denying withIds() {
            return new Denying(what, true, asked);
        }

        static Denying reading(String type, String attribute, String value) {
            return what(request -> request.action().equals(type + ".read")
                    && value.equals(request.resource().attributes().get(attribute)));
        }

        @Override
        public Decision decide(AccessRequest request) {
            asked.incrementAndGet();
            return what.test(request) ? new Decision.Deny("closed", "It is closed.") : new Decision.NotApplicable();
        }
    }

    private Denying hold(Denying denying) {
        node.policy().use(new Rules(Optional.empty(), Optional.of(denying)));
        denying.asked().set(0);
        return denying;
    }

    private String machine(String title, String flavour) {
        NewMachine wanted = NewMachine.of(title, new ImageId("tiny"), new FlavourId(flavour));
        return machines.create(ALICE, wanted).id().value();
    }

    private static List<String> ids(List<Stamp> stamps) {
        return stamps.stream().map(Stamp::id).toList();
    }

    private List<String> interleaved(int pairs) {
        List<String> open = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            open.add(machine("s" + i, "small"));
            machine("l" + i, "large");
        }
        return open;
    }

    @Test
    void machinesThatMayNotBeReadAreNeitherListedNorCounted() {
        List<String> open = interleaved(12);
        Denying denying = hold(Denying.reading("machine", "flavour", "large"));

        assertThat(ids(machines.stamps(ALICE, Filter.ALL, Page.first(100)))).isEqualTo(open);
        assertThat(denying.asked()).as("the list, and each flavour once").hasValue(3);
        assertThat(machines.count(ALICE, Filter.ALL)).isEqualTo(12);
        assertThat(ids(machines.stamps(OPERATOR, Filter.ALL, Page.first(100)))).isEqualTo(open);
    }

    @Test
    void pagesAreAsLongAsAskedForWithoutGapsOrRepetition() {
        List<String> open = interleaved(12);
        hold(Denying.reading("machine", "flavour", "large"));

        assertThat(ids(machines.stamps(ALICE, Filter.ALL, Page.at(5, 4)))).isEqualTo(open.subList(5, 9));
        List<String> read = new ArrayList<>();
        List<Stamp> page = machines.stamps(ALICE, Filter.ALL, Page.first(5));
        while (!page.isEmpty()) {
            read.addAll(ids(page));
            page = machines.stamps(ALICE, Filter.ALL, Page.after(page.getLast().id(), 5));
        }
        assertThat(read).isEqualTo(open);
    }

    @Test
    void filtersAndPoliciesHoldTogether() {
        interleaved(2);
        String medium = machine("middle", "medium");
        hold(Denying.reading("machine", "flavour", "large"));
        Filter cores = new Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(Attribute.CORES, "2"));
        assertThat(ids(machines.stamps(ALICE, cores, Page.first(10)))).containsExactly(medium);
        assertThat(machines.count(ALICE, cores)).isEqualTo(1);
        hold(Denying.reading("machine", "flavour", "medium"));
        assertThat(machines.stamps(ALICE, cores, Page.first(10))).isEmpty();
        hold(Denying.reading("machine", "flavour", "large"));
        assertThat(machines.count(ALICE, Filter.title("l0"))).isZero();
        assertThat(machines.count(ALICE, Filter.title("s0"))).isEqualTo(1);
    }

    @Test
    void aPolicyThatLooksAtIdsIsAskedAboutEach() {
        List<String> open = interleaved(3);
        String hidden = open.get(1);
        Denying denying = new Denying(
                request -> request.action().equals("machine.read")
                        && request.resource().id().equals(hidden),
                true,
                new AtomicInteger());
        hold(denying);
        assertThat(ids(machines.stamps(ALICE, Filter.ALL, Page.first(10))))
                .hasSize(5)
                .doesNotContain(hidden);
        assertThat(denying.asked()).hasValue(7);
        assertThat(machines.count(ALICE, Filter.ALL)).isEqualTo(5);
    }

    @Test
    void volumesNetworksAndLinksAreThinnedOutAlike() {
        String machine = machine("m", "small");
        String there = machine("n", "large");
        VolumeId volume =
                node.federation().volumes().create(ALICE, NewVolume.of("v", 16)).id();
        NetworkId network = node.federation()
                .networks()
                .create(ALICE, NewNetwork.of("net", "10.7.0.0/24"))
                .id();
        LinkService links = node.federation().links();
        LinkId link = links.addVolume(ALICE, new MachineId(machine), NewVolumeLink.of(volume))
                .id();
        assertThat(ids(links.volumeLinkStamps(ALICE, Filter.ALL, Page.first(10))))
                .containsExactly(link.value());

        hold(Denying.reading("machine", "flavour", "large"));
        assertThat(ids(links.volumeLinkStamps(ALICE, Filter.ALL, Page.first(10))))
                .containsExactly(link.value());
        hold(Denying.reading("machine", "flavour", "small"));
        assertThat(links.volumeLinkStamps(ALICE, Filter.ALL, Page.first(10))).isEmpty();
        assertThat(ids(machines.stamps(ALICE, Filter.ALL, Page.first(10)))).containsExactly(there);
        assertThat(node.federation().volumes().count(ALICE, Filter.ALL)).isEqualTo(1);

        hold(Denying.reading("volume", "cloud", "sim"));
        assertThat(node.federation().volumes().stamps(ALICE, Filter.ALL, Page.first(10)))
                .isEmpty();
        assertThat(node.federation().volumes().count(ALICE, Filter.ALL)).isZero();
        hold(Denying.reading("network", "cloud", "sim"));
        assertThat(ids(node.federation().networks().stamps(ALICE, Filter.ALL, Page.first(10))))
                .doesNotContain(network.value());
    }

    @Test
    void whatCarriesATagIsThinnedOut() {
        String blue = "http://example.org/tags#blue";
        TagService tags = node.federation().tags();
        tags.create(ALICE, blue, "Blue", "/tags/blue/", Optional.empty());
        Member open = Member.of(new MachineId(machine("m", "small")));
        Member closed = Member.of(new MachineId(machine("n", "large")));
        tags.add(ALICE, blue, List.of(open, closed));
        assertThat(tags.members(ALICE, blue, Page.first(10))).containsExactlyInAnyOrder(open, closed);

        hold(Denying.reading("machine", "flavour", "large"));
        assertThat(tags.members(ALICE, blue, Page.first(10))).containsExactly(open);
        assertThat(ids(machines.stamps(ALICE, Filter.tag(blue), Page.first(10))))
                .containsExactly(open.id());

        hold(Denying.what(request -> request.action().equals("tag.list")
                && request.resource().owner().isPresent()));
        assertThat(tags.list(ALICE)).isEmpty();
    }

    @Test
    void imagesCloudsFlavoursAndOrganisationsAreThinnedOut() {
        node.federation().vos().organisations().create(OPERATOR, "atlas", "", "");
        node.federation().vos().organisations().create(OPERATOR, "biomed", "", "");
        long images = node.federation().images().count(ALICE);
        hold(Denying.what(request -> switch (request.action()) {
                    case "image.read" -> request.resource().id().equals("tiny");
                    case "site.read" ->
                        LAB.equals(request.resource().attributes().get("cloud"))
                                || "large"
                                        .equals(request.resource().attributes().get("flavour"));
                    case "vo.list" -> request.resource().id().equals("atlas");
                    default -> false;
                })
                .withIds());
        assertThat(node.federation().images().list(ALICE, Page.first(100)))
                .extracting(Image::id)
                .doesNotContain(new ImageId("tiny"));
        assertThat(node.federation().images().count(ALICE)).isEqualTo(images - 1);
        assertThat(node.federation().images().list(ALICE, Page.at(images - 2, 10)))
                .hasSize(1);
        assertThat(node.federation().sites().clouds(ALICE))
                .extracting(CloudEntry::name)
                .containsExactly(new CloudName("sim"));
        assertThat(node.federation().sites().flavours(ALICE))
                .extracting(Flavour::id)
                .contains(new FlavourId("small"))
                .doesNotContain(new FlavourId("large"));
        assertThat(node.federation().vos().organisations().list(ALICE))
                .extracting(Organisation::name)
                .containsExactly("biomed");
    }
}

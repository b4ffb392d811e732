package hansa.drivers.occi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Adoption;
import hansa.cloud.BootContext;
import hansa.cloud.Bytes;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.CloudDescription.Flavour;
import hansa.cloud.CloudException;
import hansa.cloud.MachineOrder;
import hansa.cloud.NicOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteNic;
import hansa.cloud.RemoteState;
import hansa.cloud.Resizing;
import hansa.cloud.Size;
import hansa.cloud.Token;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The servers in the field, as they answer. */
final class DialectsTest {

    @ParameterizedTest
    @CsvSource({
        "hansa/0.1.0 OCCI/1.1 OCCI/1.2 OCCI-CRTP/1.1, NONE, HANSA",
        "nginx, HANSA, HANSA",
        "rOCCI-server/1.1.9 OCCI/1.1, NONE, ROCCI_1",
        "rOCCI-server/2.0.4 OCCI/1.2, NONE, ROCCI_2",
        "ooi/1.2.0 OCCI/1.2, OPENSTACK, OOI",
        "nova OCCI/1.2, OPENSTACK, OOI",
        "pyssf OCCI/1.1, OPENSTACK, PYSSF",
        "Apache/2.4, OPENSTACK, OTHER",
        "nginx hansa/0.1, NONE, OTHER"
    })
    void aServerIsKnownByItsHeaderAndWhatItOffers(String server, Dialect.Sign sign, Dialect dialect) {
        assertThat(Dialect.of(Optional.of(server), sign)).isEqualTo(dialect);
    }

    @Test
    void whoDoesNotSayWhoTheyAreGetsWhatEverybodyReads() {
        assertThat(Dialect.of(Optional.empty(), Dialect.Sign.NONE)).isEqualTo(Dialect.OTHER);
    }

    @ParameterizedTest
    @EnumSource(
            value = PeerDialect.class,
            names = {"ROCCI_1", "ROCCI_2", "OOI", "PYSSF"})
    void oneTokenMakesOneMachineThatIsFoundStoppedStartedAndDeleted(PeerDialect dialect) {
        try (PeerServer server = new PeerServer(dialect);
                Cloud cloud = Fixtures.open(server.url(), Map.of("token", "t"))) {
            server.machines().put("0-foreign", "somebody's [hansa]", "active");
            Token token = new Token("hansa-1");
            MachineOrder order = Fixtures.order(cloud, token.value(), BootContext.EMPTY);
            assertThat(cloud.findByToken(token)).isEmpty();
            RemoteMachine made = cloud.create(order);
            assertThat(made.token()).contains(token);
            assertThat(made.name()).isEqualTo("machine hansa-1");
            assertThat(made.state()).isEqualTo(RemoteState.RUNNING);
            assertThat(made.size()).isEqualTo(new Size(2, 256, dialect == PeerDialect.ROCCI_2 ? 10 : 0));
            assertThat(cloud.create(order).id()).isEqualTo(made.id());
            assertThat(cloud.findByToken(token)).map(RemoteMachine::id).contains(made.id());
            assertThat(cloud.list()).extracting(RemoteMachine::id).containsExactly(made.id());

            cloud.power(made.id(), PowerAction.SHUTDOWN);
            assertThat(cloud.read(made.id()).state()).isEqualTo(RemoteState.STOPPED);
            cloud.power(made.id(), PowerAction.START);
            if (dialect == PeerDialect.ROCCI_1 || dialect == PeerDialect.ROCCI_2) {
                assertThatThrownBy(() -> cloud.power(made.id(), PowerAction.PAUSE))
                        .isInstanceOf(CloudException.InvalidRequest.class)
                        .hasMessageContaining("does not tell a suspended machine from one that is off");
            } else {
                cloud.power(made.id(), PowerAction.PAUSE);
                assertThat(cloud.read(made.id()).state()).isEqualTo(RemoteState.PAUSED);
                cloud.power(made.id(), PowerAction.RESUME);
            }
            assertThat(cloud.read(made.id()).state()).isEqualTo(RemoteState.RUNNING);

            cloud.delete(made.id());
            cloud.delete(made.id());
            assertThat(cloud.findByToken(token)).isEmpty();
            assertThat(server.machines().all()).containsOnlyKeys("0-foreign");
        }
    }

    @Test
    void ofTwoMachinesWithOneTokenTheSecondIsTakenAway() {
        try (PeerServer server = new PeerServer(PeerDialect.ROCCI_1);
                Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            server.machines().put("a", "machine t1 [hansa:t1]", "active");
            server.machines().put("b", "machine t1 [hansa:t1]", "active");
            MachineOrder order = Fixtures.order(cloud, "t1", BootContext.EMPTY);
            assertThat(cloud.create(order).id()).isEqualTo(new RemoteId("a"));
            assertThat(server.machines().all()).containsOnlyKeys("a");
        }
    }

    @Test
    void aServerThatShortensTitlesIsNotLeftWithAMachineThatNobodyFindsAgain() {
        try (PeerServer server = new PeerServer(PeerDialect.FORGETFUL);
                Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            MachineOrder order = Fixtures.order(cloud, "t1", BootContext.EMPTY);
            assertThatThrownBy(() -> cloud.create(order))
                    .isInstanceOf(CloudException.InvalidRequest.class)
                    .hasMessageContaining("does not keep the title");
            assertThat(server.machines().all()).isEmpty();
        }
    }

    @Test
    void rocciTellsSizesInTitlesAndTakesAKeyAndUserDataInTheMixinsOfOpenStack() {
        try (PeerServer server = new PeerServer(PeerDialect.ROCCI_1);
                Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            CloudDescription offer = cloud.describe();
            assertThat(offer.flavours())
                    .extracting(Flavour::name, Flavour::size)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("small", new Size(1, 1024, 10)),
                            org.assertj.core.groups.Tuple.tuple("extra", new Size(8, 16384, 0)));
            assertThat(offer.images()).extracting(RemoteImage::name).containsExactly("Debian");
            assertThat(offer.networks())
                    .extracting(RemoteNetwork::name, RemoteNetwork::publicAddresses)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("PUBLIC", true));

            BootContext context = new BootContext(
                    Optional.of("web"),
                    Optional.of(Bytes.utf8("#!/bin/sh\n")),
                    List.of("ssh-ed25519 AAAA ada@\"home\""));
            RemoteMachine made = cloud.create(new MachineOrder(
                    new Token("t1"),
                    "a \"web\" \\ server",
                    offer.images().getFirst().id(),
                    new Size(1, 1024, 10),
                    Optional.of(offer.flavours().getFirst().id()),
                    context,
                    List.of(new NicOrder(
                            new Token("n1"), new RemoteId("public"), Optional.empty(), Optional.of("192.0.2.7"))),
                    List.of(new RemoteId("disk 1"))));
            assertThat(server.machines().all().get(made.id().value()).order())
                    .isEqualTo("""
                            Category: compute; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"
                            Category: uuid_debian_7; scheme="http://occi.site.example/occi/infrastructure/os_tpl#"; class="mixin"
                            Category: small; scheme="http://fedcloud.egi.eu/occi/compute/flavour/1.0#"; class="mixin"
                            Category: public_key; scheme="http://schemas.openstack.org/instance/credentials#"; class="mixin"
                            Category: user_data; scheme="http://schemas.openstack.org/compute/instance#"; class="mixin"
                            Link: </network/public>; rel="http://schemas.ogf.org/occi/infrastructure#network"; category="http://schemas.ogf.org/occi/infrastructure#networkinterface http://schemas.ogf.org/occi/infrastructure/networkinterface#ipnetworkinterface"; occi.networkinterface.address="192.0.2.7"; occi.networkinterface.allocation="static"
                            Link: </storage/disk%201>; rel="http://schemas.ogf.org/occi/infrastructure#storage"; category="http://schemas.ogf.org/occi/infrastructure#storagelink"
                            X-OCCI-Attribute: occi.compute.hostname="web"
                            X-OCCI-Attribute: org.openstack.credentials.publickey.name="hansa"
                            X-OCCI-Attribute: org.openstack.credentials.publickey.data="ssh-ed25519 AAAA ada@\\"home\\""
                            X-OCCI-Attribute: org.openstack.compute.user_data="%s"
                            X-OCCI-Attribute: occi.core.title="a \\"web\\" \\\\ server [hansa:t1]"
                            """.replace("%s", inOnePart("IyEvYmluL3NoCg==")));
            assertThat(made.nics())
                    .containsExactly(new RemoteNic(
                            new RemoteId("compute_1_nic_0"),
                            Optional.empty(),
                            new RemoteId("2"),
                            "eth0",
                            "02:00:00:00:00:01",
                            Optional.empty(),
                            List.of()));
            assertThat(cloud.facet(Resizing.class).orElseThrow().needsStop()).isTrue();
            assertThatThrownBy(() -> cloud.facet(Resizing.class)
                            .orElseThrow()
                            .resize(
                                    made.id(),
                                    new Size(8, 16384, 0),
                                    Optional.of(offer.flavours().getLast().id())))
                    .isInstanceOf(CloudException.InvalidRequest.class)
                    .hasMessage("Changes are not implemented");
        }
    }

    /** Only what has a line "#cloud-config" is taken out of its base64 by rOCCI 1. */
    private static String inOnePart(String content) {
        String message =
                "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"=-hansa-part-=\"\n\n#cloud-config\n"
                        + "--=-hansa-part-=\nContent-Type: text/x-shellscript\nContent-Transfer-Encoding: base64\n\n"
                        + content
                        + "\n--=-hansa-part-=--\n";
        return Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void rocci2TellsSizesAndRefusalsInItsJsonAndKeepsNamesOfOpenNebulasLength() {
        try (PeerServer server = new PeerServer(PeerDialect.ROCCI_2);
                Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            CloudDescription offer = cloud.describe();
            assertThat(offer.flavours()).extracting(Flavour::size).containsExactly(new Size(2, 256, 10));
            assertThat(offer.images()).extracting(RemoteImage::name).containsExactly("CentOS 7");
            assertThat(cloud.list()).isEmpty();
            RemoteMachine made = cloud.create(new MachineOrder(
                    new Token("t1"),
                    "x".repeat(200),
                    offer.images().getFirst().id(),
                    new Size(2, 256, 10),
                    Optional.of(offer.flavours().getFirst().id()),
                    new BootContext(
                            Optional.empty(), Optional.of(Bytes.utf8("#!/bin/sh\n")), List.of("ssh-ed25519 A a")),
                    List.of(),
                    List.of()));
            assertThat(server.machines().all().get(made.id().value()).title())
                    .hasSize(128)
                    .endsWith("x [hansa:t1]");
            assertThat(server.machines().all().get(made.id().value()).order())
                    .contains("occi.compute.userdata=\"IyEvYmluL3NoCg==\"", "occi.credentials.ssh.publickey=");
            assertThat(made.nics()).extracting(RemoteNic::addresses).containsExactly(List.of("192.0.2.9"));
            assertThatThrownBy(() -> cloud.read(new RemoteId("none")))
                    .isInstanceOf(CloudException.NotFound.class)
                    .hasMessage("Requested instance could not be found");
        }
    }

    @Test
    void ooiTellsMemoryInMebibytesAndTheTargetOfALinkInAnAttribute() {
        try (PeerServer server = new PeerServer(PeerDialect.OOI);
                Cloud cloud = Fixtures.open(server.url(), Map.of("flavour-sizes", "1=1/0.5/1"))) {
            CloudDescription offer = cloud.describe();
            assertThat(offer.images()).extracting(RemoteImage::name).containsExactly("cirros");
            assertThat(offer.flavours()).extracting(Flavour::size).containsExactly(new Size(1, 512, 1));
            server.forget();
            RemoteMachine made =
                    cloud.create(Fixtures.order("t1", offer.images().getFirst().id(), BootContext.EMPTY));
            assertThat(server.came()).extracting(Object::toString).containsExactly("GET /compute/", "POST /compute/");
            assertThat(made.nics())
                    .containsExactly(new RemoteNic(
                            new RemoteId(made.id() + "_192.168.253.1"),
                            Optional.empty(),
                            new RemoteId("bafc"),
                            "",
                            "fa:16:3e:20:14:f2",
                            Optional.empty(),
                            List.of("192.168.253.1")));
        }
    }

    @Test
    void pyssfIsAskedForOneSummaryInsteadOfForEverything() {
        try (PeerServer server = new PeerServer(PeerDialect.PYSSF);
                Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            cloud.create(Fixtures.order(cloud, "t1", BootContext.EMPTY));
            cloud.create(Fixtures.order(cloud, "t2", BootContext.EMPTY));
            server.forget();
            assertThat(cloud.findByToken(new Token("t2")))
                    .map(RemoteMachine::name)
                    .contains("machine t2");
            assertThat(server.came()).hasSize(2);
        }
    }

    @Test
    void moreKeysThanAMixinHoldsReachTheGuestInTheUserData() {
        try (PeerServer server = new PeerServer(PeerDialect.OOI);
                Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            BootContext context = new BootContext(
                    Optional.empty(),
                    Optional.of(Bytes.utf8("#!/bin/sh\ntrue\n")),
                    List.of("ssh-ed25519 ONE a", "ssh-ed25519 TWO b"));
            RemoteMachine made = cloud.create(Fixtures.order(cloud, "t1", context));
            String order = server.machines().all().get(made.id().value()).order();
            assertThat(order).contains("publickey.data=\"ssh-ed25519 ONE a\"");
            String userData = order.replaceFirst("(?s).*user_data=\"([^\"]+)\".*", "$1");
            String parts = new String(Base64.getDecoder().decode(userData), StandardCharsets.UTF_8);
            assertThat(parts).startsWith("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=");
            assertThat(parts).contains("Content-Type: text/x-shellscript", "Content-Type: text/cloud-config");
            List<String> decoded = java.util.regex.Pattern.compile("base64\n\n([A-Za-z0-9+/=\n]+?)\n--")
                    .matcher(parts)
                    .results()
                    .map(found -> new String(Base64.getMimeDecoder().decode(found.group(1)), StandardCharsets.UTF_8))
                    .toList();
            assertThat(decoded).hasSize(2);
            assertThat(decoded.getFirst()).isEqualTo("#!/bin/sh\ntrue\n");
            assertThat(decoded.getLast()).endsWith("ssh_authorized_keys:\n  - \"ssh-ed25519 TWO b\"\n");
        }
    }

    @Test
    void aServerWithoutAPlaceForUserDataRefusesIt() {
        try (PeerServer server = new PeerServer(PeerDialect.PYSSF);
                Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            BootContext context = new BootContext(Optional.empty(), Optional.of(Bytes.utf8("#!/bin/sh\n")), List.of());
            MachineOrder order = Fixtures.order(cloud, "t1", context);
            assertThatThrownBy(() -> cloud.create(order)).isInstanceOf(CloudException.InvalidRequest.class);
            assertThat(server.machines().all()).isEmpty();
        }
    }

    @Test
    void listsAreReadAtOnceAsFarAsTheLimitAllowsAndWhatGoesMeanwhileIsLeftOut() {
        try (PeerServer server = new PeerServer(PeerDialect.ROCCI_1);
                Cloud cloud = Fixtures.open(server.url(), Map.of("calls", "4"))) {
            for (int i = 0; i < 40; i++) {
                server.machines().put("m" + i, "m [hansa:m" + i + "]", "active");
            }
            server.happen(came -> {
                if (came.path().endsWith("/compute/m3")) {
                    server.machines().remove("m3");
                }
                return PeerServer.Mishap.NONE;
            });
            assertThat(cloud.list()).hasSize(39);
            assertThat(server.mostUnderWay()).isLessThanOrEqualTo(4);
            assertThat(server.came()).hasSize(1 + 1 + 40);
        }
    }

    @Test
    void machinesOfOthersAreShownAndNotAdoptedWhereTheyCannotBeMarked() {
        try (PeerServer server = new PeerServer(PeerDialect.ROCCI_1);
                Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            server.machines().put("theirs", "web [prod]", "active");
            server.machines().put("ours", "web [hansa:t1]", "active");
            Adoption adoption = cloud.facet(Adoption.class).orElseThrow();
            assertThat(adoption.others()).extracting(RemoteMachine::name).containsExactly("web [prod]");
            assertThatThrownBy(() -> adoption.adopt(new RemoteId("theirs"), new Token("t2")))
                    .isInstanceOf(CloudException.InvalidRequest.class);
            adoption.release(new RemoteId("theirs"));
            assertThat(server.came()).allMatch(came -> came.method().equals("GET"));
        }
    }

    @Test
    void statesThatAreNotKnownAreBusy() {
        try (PeerServer server = new PeerServer(PeerDialect.ROCCI_1);
                Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            for (String state : List.of("active", "inactive", "suspended", "error", "waiting", "hibernating", "")) {
                server.machines().put("m", "m [hansa:m]", state);
                RemoteState expected = switch (state) {
                    case "active" -> RemoteState.RUNNING;
                    case "inactive" -> RemoteState.BUILDING;
                    case "suspended" -> RemoteState.STOPPED;
                    case "error" -> RemoteState.FAILED;
                    case "waiting" -> RemoteState.BUILDING;
                    default -> RemoteState.BUSY;
                };
                assertThat(cloud.read(new RemoteId("m")).state()).as(state).isEqualTo(expected);
            }
        }
    }
}

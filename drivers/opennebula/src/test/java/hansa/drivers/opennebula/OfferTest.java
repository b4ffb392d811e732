package hansa.drivers.opennebula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.CloudDescription.Capacity;
import hansa.cloud.CloudDescription.Flavour;
import hansa.cloud.CloudDescription.Price;
import hansa.cloud.CloudException;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.protocols.opennebula.ErrorKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What brokers are told. */
final class OfferTest {

    private final Oned oned = new Oned(Fixtures.STEP, "7.4.0");
    private final OnedServer server = new OnedServer(oned);

    @AfterEach
    void stop() {
        server.close();
    }

    private CloudDescription described(Map<String, String> settings) {
        try (Cloud cloud = Fixtures.open(server.url(), settings)) {
            return cloud.describe();
        }
    }

    @Test
    void administrators_see_what_the_hosts_that_take_machines_have() {
        assertThat(described(Fixtures.asAdministrator()).capacity())
                .isEqualTo(new Capacity(
                        Optional.of(12L), Optional.of(6L), Optional.of(14L * 1024), Optional.empty(), Optional.of(4L)));
    }

    @Test
    void cores_are_counted_in_the_share_of_a_processor_that_they_are_given() {
        Map<String, String> settings = new HashMap<>(Fixtures.asAdministrator());
        settings.put("cpu-per-core", "0.25");
        CloudDescription description = described(settings);
        assertThat(description.capacity().totalCores()).contains(48L);
        assertThat(description.capacity().freeCores()).contains(28L);
        assertThat(description.used().cores()).contains(5L);
    }

    @Test
    void a_group_that_may_not_be_seen_does_not_hide_the_rest() {
        oned.calls.add("one.group.info", "i", (_, _) -> {
            throw new OnedRefusal(ErrorKind.AUTHORIZATION, "User [2] : Not authorized to perform USE GROUP [1].");
        });
        assertThat(described(Map.of()).limits().machines()).contains(50L);
    }

    @Test
    void networks_that_the_settings_name_give_public_addresses() {
        assertThat(described(Map.of()).networks())
                .extracting(RemoteNetwork::publicAddresses)
                .containsExactly(false);
        assertThat(described(Map.of("public-networks", "outside, net1")).networks())
                .extracting(RemoteNetwork::publicAddresses)
                .containsExactly(true);
        assertThat(described(Map.of("public-networks", "0")).networks())
                .extracting(RemoteNetwork::publicAddresses)
                .containsExactly(true);
    }

    @Test
    void no_more_machines_of_a_template_are_made_than_its_cap() {
        oned.addTemplate(4, "<CPU>1</CPU><VCPU>1</VCPU><MEMORY>512</MEMORY>");
        try (Cloud cloud = Fixtures.open(server.url(), Map.of("caps", "4=1"))) {
            assertThat(cloud.describe().flavours()).extracting(Flavour::cap).containsExactly(Optional.of(1));
            RemoteId first = cloud.create(ofTemplate("one")).id();
            assertThat(cloud.create(ofTemplate("one")).id()).isEqualTo(first);
            assertThatThrownBy(() -> cloud.create(ofTemplate("two")))
                    .isInstanceOf(CloudException.QuotaExceeded.class)
                    .hasMessageContaining("the settings allow 1");
            assertThat(cloud.create(Fixtures.order("free")).token()).contains(new Token("free"));
        }
        assertThatThrownBy(() -> described(Map.of("caps", "small=1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'caps'");
    }

    @Test
    void templates_of_virtual_routers_are_no_flavours() {
        oned.addTemplate(4, "<CPU>1</CPU><MEMORY>512</MEMORY>");
        oned.addTemplate(5, "<CPU>1</CPU><MEMORY>128</MEMORY><VROUTER>YES</VROUTER>");
        assertThat(described(Map.of()).flavours()).extracting(Flavour::id).containsExactly(new RemoteId("4"));
    }

    private static MachineOrder ofTemplate(String token) {
        MachineOrder plain = Fixtures.order(token);
        return new MachineOrder(
                plain.token(),
                plain.name(),
                plain.image(),
                new Size(1, 512, 0),
                Optional.of(new RemoteId("4")),
                plain.context(),
                plain.nics(),
                plain.volumes());
    }

    @Test
    void costs_of_a_template_are_a_price_where_the_currency_is_known() {
        oned.addTemplate(4, """
                <CPU>0.5</CPU><VCPU>2</VCPU><MEMORY>2048</MEMORY><CPU_COST>0.02</CPU_COST>
                <MEMORY_COST>0.00001</MEMORY_COST><DISK_COST>1e-6</DISK_COST><DISK><SIZE>10240</SIZE></DISK>""");
        oned.addTemplate(5, "<CPU>1</CPU><MEMORY>512</MEMORY>");
        assertThat(described(Map.of()).flavours())
                .extracting(Flavour::pricePerHour)
                .containsOnly(Optional.empty());
        assertThat(described(Map.of("currency", "EUR")).flavours())
                .extracting(Flavour::pricePerHour)
                .containsExactly(Optional.of(new Price("0.04072", "EUR")), Optional.empty());
        assertThatThrownBy(() -> described(Map.of("currency", "euro")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("currency");
    }
}

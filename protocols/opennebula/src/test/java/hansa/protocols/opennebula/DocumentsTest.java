package hansa.protocols.opennebula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DocumentsTest {

    @Test
    void a_machine_has_its_states_its_disks_and_what_its_maker_left() throws OpenNebulaSyntaxException {
        VirtualMachine vm = VirtualMachine.of(Element.read("""
                <VM><ID>7</ID><UID>2</UID><NAME>vmA</NAME><STATE>3</STATE><LCM_STATE>3</LCM_STATE>
                <STIME>1700000000</STIME>
                <TEMPLATE><CPU><![CDATA[1]]></CPU><MEMORY><![CDATA[512]]></MEMORY>
                <DISK><DISK_ID><![CDATA[0]]></DISK_ID></DISK><NIC><NIC_ID>0</NIC_ID></NIC><NIC/></TEMPLATE>
                <USER_TEMPLATE><NOTE><![CDATA[x]]></NOTE></USER_TEMPLATE></VM>"""));
        assertThat(vm.vmState()).contains(VmState.ACTIVE);
        assertThat(vm.lcm()).contains(LcmState.RUNNING);
        assertThat(vm.started()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(vm.template().number("MEMORY")).hasValue(512);
        assertThat(vm.disks()).hasSize(1);
        assertThat(vm.nics()).hasSize(2);
        assertThat(vm.userTemplate().text("NOTE")).contains("x");
    }

    @Test
    void states_of_later_versions_are_unknown_and_not_wrong() throws OpenNebulaSyntaxException {
        VirtualMachine vm = VirtualMachine.of(
                Element.read("<VM><ID>7</ID><UID>2</UID><STATE>77</STATE><LCM_STATE>13</LCM_STATE></VM>"));
        assertThat(vm.vmState()).isEmpty();
        assertThat(vm.lcm()).isEmpty();
    }

    @Test
    void an_image_tells_who_uses_it() throws OpenNebulaSyntaxException {
        List<Image> images = Image.pool(Element.read("""
                <IMAGE_POOL><IMAGE><ID>4</ID><UID>0</UID><NAME>d</NAME><TYPE>2</TYPE><PERSISTENT>1</PERSISTENT>
                <REGTIME>1</REGTIME><SIZE>8</SIZE><STATE>8</STATE><SOURCE>/x</SOURCE><FORMAT>raw</FORMAT>
                <DATASTORE_ID>1</DATASTORE_ID><VMS><ID>5</ID><ID>6</ID></VMS><TEMPLATE/></IMAGE></IMAGE_POOL>"""));
        Image image = images.getFirst();
        assertThat(image.imageState()).contains(ImageState.USED_PERS);
        assertThat(image.persistent()).isTrue();
        assertThat(image.machines()).containsExactly(5, 6);
        assertThat(image.format()).contains("raw");
    }

    @Test
    void a_quota_of_minus_one_is_the_default_and_minus_two_none() throws OpenNebulaSyntaxException {
        Element user = Element.read("""
                <USER><ID>2</ID><VM_QUOTA><VM><VMS>5</VMS><CPU>-1</CPU><MEMORY>-2</MEMORY></VM></VM_QUOTA>
                <DEFAULT_USER_QUOTAS><VM_QUOTA><VM><VMS>9</VMS><CPU>2.5</CPU><MEMORY>64</MEMORY></VM></VM_QUOTA>
                </DEFAULT_USER_QUOTAS></USER>""");
        Quota quota = Quota.of(user);
        assertThat(quota.machines().limit()).contains(new BigDecimal("5"));
        assertThat(quota.cpu().limit()).contains(new BigDecimal("2.5"));
        assertThat(quota.memoryMib().limit()).isEmpty();
        Quota.Share nothing = new Quota.Share(Optional.empty(), Optional.empty());
        assertThat(Quota.of(Element.read("<USER/>"))).isEqualTo(new Quota(nothing, nothing, nothing));
    }

    @Test
    void of_several_quotas_the_one_that_leaves_least_holds() throws OpenNebulaSyntaxException {
        Quota user = Quota.of(Element.read("""
                <USER><VM_QUOTA>
                <VM><CLUSTER_IDS>0</CLUSTER_IDS><VMS>1</VMS><VMS_USED>1</VMS_USED></VM>
                <VM><VMS>9</VMS><VMS_USED>2</VMS_USED><RUNNING_VMS>3</RUNNING_VMS><RUNNING_VMS_USED>1</RUNNING_VMS_USED>
                <CPU>-2</CPU><CPU_USED>0.5</CPU_USED><MEMORY>-1</MEMORY><MEMORY_USED>64</MEMORY_USED></VM>
                </VM_QUOTA></USER>"""));
        assertThat(user.machines())
                .isEqualTo(new Quota.Share(Optional.of(new BigDecimal(3)), Optional.of(new BigDecimal(1))));
        Quota both = user.orTighter(Quota.of(Element.read("""
                <GROUP><VM_QUOTA><VM><VMS>20</VMS><VMS_USED>19</VMS_USED><CPU>-1</CPU><CPU_USED>7</CPU_USED>
                </VM></VM_QUOTA><DEFAULT_GROUP_QUOTAS><VM_QUOTA><VM><CPU>8</CPU></VM></VM_QUOTA></DEFAULT_GROUP_QUOTAS>
                </GROUP>""")));
        assertThat(both.machines())
                .isEqualTo(new Quota.Share(Optional.of(new BigDecimal(20)), Optional.of(new BigDecimal(19))));
        assertThat(both.cpu())
                .isEqualTo(new Quota.Share(Optional.of(new BigDecimal(8)), Optional.of(new BigDecimal(7))));
        assertThat(both.memoryMib()).isEqualTo(new Quota.Share(Optional.empty(), Optional.of(new BigDecimal(64))));
    }

    @Test
    void a_host_has_what_it_is_allowed_to_give() throws OpenNebulaSyntaxException {
        HostCapacity host = HostCapacity.of(Element.read("""
                <HOST><ID>0</ID><NAME>h</NAME><STATE>2</STATE><HOST_SHARE><MEM_USAGE>1024</MEM_USAGE>
                <CPU_USAGE>50</CPU_USAGE><TOTAL_MEM>9000</TOTAL_MEM><TOTAL_CPU>800</TOTAL_CPU><MAX_MEM>8192</MAX_MEM>
                <MAX_CPU>1600</MAX_CPU><RUNNING_VMS>3</RUNNING_VMS></HOST_SHARE></HOST>"""));
        assertThat(host).isEqualTo(new HostCapacity(0, "h", 2, 1600, 50, 8192, 1024, 3));
        assertThat(host.takesMachines()).isTrue();
    }

    @Test
    void a_pool_that_a_plain_user_may_not_see_is_empty() throws OpenNebulaSyntaxException {
        assertThat(HostCapacity.pool(Element.read("<HOST_POOL></HOST_POOL>"))).isEmpty();
    }

    @Test
    void a_record_of_the_past_has_the_machine_as_it_was() throws OpenNebulaSyntaxException {
        List<HistoryRecord> records = HistoryRecord.all(Element.read("""
                <HISTORY_RECORDS><HISTORY><OID>7</OID><SEQ>0</SEQ><HOSTNAME>h</HOSTNAME><HID>1</HID><CID>0</CID>
                <STIME>1700000000</STIME><ETIME>1700000060</ETIME><ACTION>21</ACTION><UID>2</UID><GID>1</GID>
                <REQUEST_ID>1</REQUEST_ID><VM><ID>7</ID><NAME>vmA</NAME><TEMPLATE><MEMORY>512</MEMORY></TEMPLATE>
                <USER_TEMPLATE><NOTE>x</NOTE></USER_TEMPLATE></VM></HISTORY>
                <HISTORY><OID>7</OID><SEQ>1</SEQ><STIME>1700000060</STIME><ETIME>0</ETIME><VM/></HISTORY>
                </HISTORY_RECORDS>"""));
        assertThat(records).extracting(HistoryRecord::sequence).containsExactly(0, 1);
        HistoryRecord closed = records.getFirst();
        assertThat(closed.machine()).isEqualTo(7);
        assertThat(closed.began()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(closed.ended()).contains(Instant.ofEpochSecond(1_700_000_060));
        assertThat(closed.name()).isEqualTo("vmA");
        assertThat(closed.template().number("MEMORY")).hasValue(512);
        assertThat(closed.userTemplate().text("NOTE")).contains("x");
        assertThat(records.getLast().ended()).isEmpty();
        assertThat(records.getLast().template().children()).isEmpty();
    }

    @Test
    void a_group_has_roles_and_their_machines() throws OpenNebulaSyntaxException {
        List<VmGroup> groups = VmGroup.pool(Element.read("""
                <VM_GROUP_POOL><VM_GROUP><ID>3</ID><UID>2</UID><NAME>g</NAME><ROLES>
                <ROLE><ID>0</ID><NAME>a</NAME><POLICY>ANTI_AFFINED</POLICY><VMS>4,12</VMS></ROLE>
                <ROLE><ID>1</ID><NAME>b</NAME></ROLE></ROLES><TEMPLATE/></VM_GROUP>
                <VM_GROUP><ID>4</ID><UID>2</UID><NAME>h</NAME><ROLES/><TEMPLATE/></VM_GROUP></VM_GROUP_POOL>"""));
        assertThat(groups).extracting(VmGroup::id).containsExactly(3, 4);
        assertThat(groups.getFirst().role("a"))
                .contains(new VmGroup.Role(0, "a", Optional.of("ANTI_AFFINED"), List.of(4, 12)));
        assertThat(groups.getFirst().role("b").orElseThrow().machines()).isEmpty();
        assertThat(groups.getLast().role("a")).isEmpty();
        assertThatThrownBy(
                        () -> VmGroup.of(
                                Element.read(
                                        "<VM_GROUP><ID>1</ID><UID>1</UID><ROLES><ROLE><ID>0</ID><VMS>x</VMS></ROLE></ROLES></VM_GROUP>")))
                .isInstanceOf(OpenNebulaSyntaxException.class);
        VirtualMachine member = VirtualMachine.of(Element.read("""
                <VM><ID>7</ID><UID>2</UID><STATE>1</STATE><LCM_STATE>0</LCM_STATE><TEMPLATE><VMGROUP>
                <ROLE><![CDATA[a]]></ROLE><VMGROUP_ID><![CDATA[3]]></VMGROUP_ID></VMGROUP></TEMPLATE></VM>"""));
        assertThat(member.group()).hasValue(3);
    }

    @Test
    void things_without_a_number_are_refused() {
        assertThatThrownBy(() -> VirtualMachine.of(Element.read("<VM><ID>x</ID></VM>")))
                .isInstanceOf(OpenNebulaSyntaxException.class)
                .hasMessage("a VM has no number ID");
    }
}

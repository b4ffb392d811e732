package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver;
import hansa.cloud.CloudName;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.Settings;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.drivers.ec2.Ec2Orders;
import hansa.drivers.openstack.OpenStackOrders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Debian with real cloud-init gets what its owner wants at the clouds that hand it on themselves: what a driver really orders is laid out
 * as that cloud lays it out, and read by the guest.
 */
@Tag("peer")
final class CloudInitElsewherePeerTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** By which cloud-init knows that it is on EC2: product UUID and serial number are alike and begin so. */
    private static final String EC2_UUID = "ec2a1b2c-3d4e-4f50-8a6b-7c8d9e0f1a2b";

    private static void order(String driverName, Map<String, String> settings, String image, String flavour) {
        CloudDriver driver = ServiceLoader.load(CloudDriver.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals(driverName))
                .findFirst()
                .orElseThrow();
        try (Cloud cloud = driver.open(
                new CloudName(driverName),
                Settings.of(driver.settings(), settings),
                new CloudDriver.Surroundings(Path.of("unused"), InstantSource.system()))) {
            cloud.create(new MachineOrder(
                    new Token("test-1"),
                    "cloud-init",
                    new RemoteId(image),
                    new Size(2, 1024, 0),
                    Optional.of(new RemoteId(flavour)),
                    CloudInitGuest.context(),
                    List.of(),
                    List.of()));
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private static void write(Path folder, String name, Object content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content instanceof byte[] bytes ? bytes : JSON.writeValueAsBytes(content));
    }

    /** As {@code nova/api/metadata/base.py} and {@code nova/virt/configdrive.py} lay it out. */
    private static Path configDrive(Path folder, JsonNode server, OpenStackOrders site)
            throws IOException, InterruptedException {
        assertThat(server.path("config_drive").asBoolean()).isTrue();
        String pair = server.path("key_name").asString();
        String key = site.publicKey(pair);
        String hostname = server.path("hostname").asString(server.path("name").asString()) + ".novalocal";
        Map<String, Object> metadata = new HashMap<>(Map.of(
                "uuid",
                "83679162-1378-4288-a2d4-70e13ec132aa",
                "hostname",
                hostname,
                "name",
                server.path("name").asString(),
                "meta",
                server.path("metadata"),
                "launch_index",
                0,
                "availability_zone",
                "nova",
                "project_id",
                "0123456789abcdef0123456789abcdef",
                "devices",
                List.of(),
                "public_keys",
                Map.of(pair, key),
                "keys",
                List.of(Map.of("name", pair, "type", "ssh", "data", key))));
        byte[] userData = Base64.getDecoder().decode(server.path("user_data").asString());
        Map<String, Object> network = Map.of(
                "links",
                List.of(Map.of(
                        "id", "tap0a1b2c3d-4e",
                        "vif_id", "0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9",
                        "type", "bridge",
                        "mtu", 1450,
                        "ethernet_mac_address", BareGuest.MAC)),
                "networks",
                List.of(Map.of(
                        "id", "network0",
                        "type", "ipv4_dhcp",
                        "link", "tap0a1b2c3d-4e",
                        "network_id", "11111111-2222-4333-8444-555555555555")),
                "services",
                List.of());
        Path drive = folder.resolve("drive");
        for (String version : List.of("2012-08-10", "2013-04-04", "2015-10-15", "2017-02-22", "2018-08-27", "latest")) {
            String at = "openstack/" + version + "/";
            write(drive, at + "meta_data.json", metadata);
            write(drive, at + "user_data", userData);
            if (version.compareTo("2013-10-17") >= 0) {
                write(drive, at + "vendor_data.json", Map.of());
            }
            if (version.compareTo("2015-10-15") >= 0) {
                write(drive, at + "network_data.json", network);
            }
        }
        write(drive, "ec2/latest/user-data", userData);
        write(drive, "ec2/latest/meta-data.json", Map.of("hostname", hostname, "instance-id", "i-00000001"));
        Path image = folder.resolve("disk.config");
        run(List.of(
                "genisoimage",
                "-o",
                image.toString(),
                "-ldots",
                "-allow-lowercase",
                "-allow-multidot",
                "-l",
                "-publisher",
                "OpenStack Nova",
                "-quiet",
                "-J",
                "-r",
                "-V",
                "config-2",
                drive.toString()));
        return image;
    }

    @Test
    void aConfigDriveOfOpenStackTellsTheGuestWhatItsOwnerWants(@TempDir Path folder) throws Exception {
        try (OpenStackOrders site = new OpenStackOrders()) {
            order("openstack", site.settings(), OpenStackOrders.IMAGE, OpenStackOrders.FLAVOUR);
            Path drive = configDrive(folder, site.servers().getFirst(), site);
            try (BareGuest guest = new BareGuest(
                    folder,
                    List.of(
                            "-smbios",
                            "type=1,manufacturer=OpenStack Foundation,product=OpenStack Nova",
                            "-drive",
                            "file=" + drive + ",if=ide,media=cdrom,format=raw,readonly=on",
                            "-netdev",
                            "user,id=lan,restrict=on",
                            "-device",
                            "virtio-net-pci,netdev=lan,mac=" + BareGuest.MAC))) {
                CloudInitGuest.requireServed(guest::console);
                assertThat(guest.console()).contains("DataSourceConfigDrive");
            }
        }
    }

    private static Map<String, String> metadata(String key) {
        String card = "network/interfaces/macs/" + BareGuest.MAC + "/";
        Map<String, String> metadata = new HashMap<>(Map.of(
                "instance-id", "i-0123456789abcdef0",
                "ami-id", Ec2Orders.IMAGE,
                "ami-launch-index", "0",
                "instance-type", Ec2Orders.FLAVOUR,
                "hostname", "ip-169-254-0-15.test-1.compute.internal",
                "local-hostname", "ip-169-254-0-15.test-1.compute.internal",
                "local-ipv4", "169.254.0.15",
                "mac", BareGuest.MAC,
                "placement/availability-zone", "test-1a",
                "public-keys/0/openssh-key", key));
        metadata.putAll(Map.of(
                card + "device-number", "0",
                card + "mac", BareGuest.MAC,
                card + "local-ipv4s", "169.254.0.15",
                card + "subnet-ipv4-cidr-block", "169.254.0.0/16",
                card + "interface-id", "eni-0123456789abcdef0"));
        return metadata;
    }

    @Test
    void theMetadataServiceOfEc2TellsTheGuestWhatItsOwnerWants(@TempDir Path folder) throws Exception {
        try (Ec2Orders region = new Ec2Orders()) {
            order("ec2", region.settings(), Ec2Orders.IMAGE, Ec2Orders.FLAVOUR);
            Map<String, String> launch = region.launches().getFirst();
            Map<String, String> metadata = metadata(region.publicKey(launch.getOrDefault("KeyName", "")));
            Optional<byte[]> userData =
                    Optional.ofNullable(launch.get("UserData")).map(Base64.getDecoder()::decode);
            // QEMU starts it for each connection of the guest, with the connection as its input and output.
            Path relay = Files.writeString(folder.resolve("relay"), """
                    exec 3<>/dev/tcp/127.0.0.1/$1
                    cat <&3 &
                    cat >&3
                    kill $! 2>/dev/null
                    """);
            try (MetadataService service = new MetadataService(metadata, userData);
                    BareGuest guest = new BareGuest(
                            folder,
                            List.of(
                                    "-uuid",
                                    EC2_UUID,
                                    "-smbios",
                                    "type=1,manufacturer=Amazon EC2,product=t3.micro,serial=" + EC2_UUID + ",uuid="
                                            + EC2_UUID,
                                    "-netdev",
                                    "user,id=lan,restrict=on,net=169.254.0.0/16,host=169.254.0.2,dns=169.254.0.3,dhcpstart=169.254.0.15"
                                            + ",guestfwd=tcp:169.254.169.254:80-cmd:/bin/bash " + relay + " "
                                            + service.port(),
                                    "-device",
                                    "virtio-net-pci,netdev=lan,mac=" + BareGuest.MAC))) {
                CloudInitGuest.requireServed(guest::console);
                assertThat(guest.console()).contains("DataSourceEc2");
                assertThat(service.inSession()).isPositive();
            }
        }
    }
}

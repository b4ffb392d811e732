package hansa.drivers.ec2;

import hansa.cloud.Setting;
import java.util.List;
import java.util.Optional;

/** The keys of the driver's configuration. */
final class Ec2Keys {

    static final List<Setting> ALL = List.of(
            required("region", Setting.Type.TEXT, "The region, such as eu-central-1; requests are signed for it."),
            setting(
                    "endpoint",
                    Setting.Type.TEXT,
                    "Where the Query API is served, such as https://cloud.example.org:8773/services/compute; empty ="
                            + " Amazon's own of the region.",
                    ""),
            setting(
                    "ebs-endpoint",
                    Setting.Type.TEXT,
                    "Where the direct interface of EBS is served, through which images are brought and fetched; empty = Amazon's"
                            + " own of the region where endpoint is empty too, else none, and then the cloud takes no images.",
                    ""),
            required("access-key", Setting.Type.TEXT, "The id of the access key that machines are made with."),
            required("secret-key", Setting.Type.SECRET, "Its secret."),
            setting(
                    "session-token",
                    Setting.Type.SECRET,
                    "The session token of temporary credentials; empty = none.",
                    ""),
            setting("version", Setting.Type.TEXT, "The version of the API that is asked for.", "2016-11-15"),
            setting(
                    "plain-http",
                    Setting.Type.BOOLEAN,
                    "Whether the endpoint may be http:// on another machine; what is said, user data among it, can then"
                            + " be read on the way.",
                    "false"),
            setting(
                    "trust-anchors",
                    Setting.Type.PATH,
                    "A file of certificates in PEM that vouch for the endpoint; empty = those of the JDK.",
                    ""),
            setting(
                    "zone",
                    Setting.Type.TEXT,
                    "The availability zone of machines, volumes and networks; empty = that of the subnet, else the first"
                            + " one that is available.",
                    ""),
            setting("vpc", Setting.Type.TEXT, "The VPC of networks; empty = the default VPC.", ""),
            setting(
                    "subnet",
                    Setting.Type.TEXT,
                    "The subnet of machines that ask for no network; empty = the zone's default subnet, or its only one.",
                    ""),
            setting(
                    "security-groups",
                    Setting.Type.TEXT,
                    "Ids of the security groups of machines on networks that Hansa did not make, separated by commas;"
                            + " empty = the VPC's default group.",
                    ""),
            setting(
                    "images",
                    Setting.Type.TEXT,
                    "Ids of images that are offered, separated by commas, besides those of image-owners.",
                    ""),
            setting(
                    "image-owners",
                    Setting.Type.TEXT,
                    "Whose images are offered, separated by commas: self, account numbers, or aliases such as amazon"
                            + " (which are tens of thousands); empty = nobody's.",
                    "self"),
            setting(
                    "instance-types",
                    Setting.Type.TEXT,
                    "Instance types that are offered, separated by commas: NAME, or NAME=CORES/MEMORY_MIB where the"
                            + " endpoint cannot describe them; empty = all that the endpoint tells.",
                    ""),
            setting(
                    "caps",
                    Setting.Type.TEXT,
                    "The most machines of a type at a time, separated by commas: NAME=COUNT; of types that are not named"
                            + " there is no limit.",
                    ""),
            setting("prices", Setting.Type.TEXT, "What an hour of a type costs, separated by commas: NAME=AMOUNT.", ""),
            setting("currency", Setting.Type.TEXT, "Of the prices, in ISO 4217.", "USD"),
            setting(
                    "market",
                    Setting.Type.TEXT,
                    "on-demand, or spot: cheaper, and ended by the cloud when it wants the room back.",
                    "on-demand"),
            setting(
                    "spot-max-price",
                    Setting.Type.TEXT,
                    "The most that an hour of a spot machine may cost, in US dollars; empty = the price on demand.",
                    ""),
            setting(
                    "volume-type",
                    Setting.Type.TEXT,
                    "The type of volumes that are made, such as gp3; empty = what the endpoint takes by itself.",
                    ""),
            setting(
                    "metadata-tokens",
                    Setting.Type.BOOLEAN,
                    "Whether guests must fetch a token before the metadata service answers (IMDSv2).",
                    "false"),
            setting(
                    "import-keys",
                    Setting.Type.BOOLEAN,
                    "Whether SSH keys are imported as key pairs; otherwise they are told to cloud-init in user data.",
                    "true"),
            setting(
                    "public-addresses",
                    Setting.Type.BOOLEAN,
                    "Whether the network public is offered, on which an interface is an elastic address.",
                    "true"),
            setting(
                    "placement-groups",
                    Setting.Type.BOOLEAN,
                    "Whether there are placement groups of the strategy spread, by which machines of a group never share a"
                            + " host.",
                    "true"),
            setting(
                    "image-architecture",
                    Setting.Type.TEXT,
                    "The processors that images are brought for: x86_64 or arm64.",
                    "x86_64"),
            setting(
                    "image-boot-mode",
                    Setting.Type.TEXT,
                    "How images that are brought boot: legacy-bios, uefi or uefi-preferred; empty = as the endpoint chooses.",
                    ""),
            setting(
                    "image-blocks",
                    Setting.Type.NUMBER,
                    "How many blocks of an image, of 512 KiB each, are carried at a time, 1 to 64.",
                    "8"),
            setting(
                    "capture-reboots",
                    Setting.Type.BOOLEAN,
                    "Whether a running machine is rebooted when an image is made of it, so that nothing is being written then.",
                    "false"),
            setting(
                    "client-token-filter",
                    Setting.Type.BOOLEAN,
                    "Whether machines can be looked for by their client token; where not, one whose launch was interrupted"
                            + " before its tags were set is found by launching again only.",
                    "true"),
            setting(
                    "tag-prefix",
                    Setting.Type.TEXT,
                    "What the keys of Hansa's tags begin with; two installations that share an account need two. Never change"
                            + " it while machines are there.",
                    "hansa"),
            setting(
                    "limits-told",
                    Setting.Type.BOOLEAN,
                    "Whether the account attribute max-instances is a limit that holds; Amazon's is not.",
                    "false"),
            setting("time-limit", Setting.Type.DURATION, "How long a call may take, 100ms to 10m.", "30s"),
            setting(
                    "settling",
                    Setting.Type.DURATION,
                    "How long what was just made may not show in answers of the endpoint, 0s to 10m.",
                    "60s"),
            setting("calls", Setting.Type.NUMBER, "How many calls are made at a time, 1 to 256.", "16"),
            setting("page", Setting.Type.NUMBER, "How many things one call lists, 5 to 1000.", "1000"));

    private Ec2Keys() {}

    private static Setting required(String key, Setting.Type type, String meaning) {
        return new Setting(key, type, meaning, Optional.empty());
    }

    private static Setting setting(String key, Setting.Type type, String meaning, String fallback) {
        return new Setting(key, type, meaning, Optional.of(fallback));
    }
}

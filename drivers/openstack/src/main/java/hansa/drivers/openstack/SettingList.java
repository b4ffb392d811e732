package hansa.drivers.openstack;

import hansa.cloud.Setting;
import java.util.List;
import java.util.Optional;

/** The settings of the driver. Those that say who we are have the names that they have in a {@code clouds.yaml}. */
final class SettingList {

    static final List<Setting> ALL = List.of(
            new Setting(
                    "auth-url",
                    Setting.Type.TEXT,
                    "Where Keystone is, such as https://keystone.example.org:5000/v3.",
                    Optional.empty()),
            text(
                    "auth-type",
                    "How we log in: password, v3applicationcredential, v3token, v3oidcaccesstoken; empty = by what is set.",
                    ""),
            text("username", "The user's name.", ""),
            text("user-id", "The user's id, instead of its name and domain.", ""),
            secret("password", "The user's password."),
            text("user-domain-name", "The name of the user's domain.", ""),
            text("user-domain-id", "The id of the user's domain; without id and name it is 'default'.", ""),
            text("project-name", "The name of the project that machines are made in.", ""),
            text("project-id", "The id of the project, instead of its name and domain.", ""),
            text("project-domain-name", "The name of the project's domain.", ""),
            text("project-domain-id", "The id of the project's domain; without id and name it is 'default'.", ""),
            text("application-credential-id", "An application credential's id; it brings its own project.", ""),
            secret("application-credential-secret", "The application credential's secret."),
            secret("token", "A token of Keystone's, for v3token. It cannot be renewed for longer than it lives."),
            secret("access-token", "An OpenID Connect access token, for v3oidcaccesstoken."),
            new Setting(
                    "access-token-file",
                    Setting.Type.PATH,
                    "A file with the access token, read at every login, where something else renews it.",
                    Optional.of("")),
            text("identity-provider", "The identity provider's name in Keystone, for v3oidcaccesstoken.", ""),
            text("protocol", "The protocol's name in Keystone, for v3oidcaccesstoken.", "openid"),
            text("region-name", "The region; may be empty where there is only one.", ""),
            text("interface", "Which endpoints are used: public, internal or admin.", "public"),
            new Setting(
                    "trust-anchors",
                    Setting.Type.PATH,
                    "A file of certificates in PEM that vouch for the servers; empty = those of the JDK.",
                    Optional.of("")),
            new Setting(
                    "insecure-endpoints",
                    Setting.Type.BOOLEAN,
                    "Whether services without TLS are used although Keystone has it.",
                    Optional.of("false")),
            text(
                    "dialect",
                    "openstack, or synnefo for clouds of that software, which speak older forms of the interfaces.",
                    "openstack"),
            text(
                    "network",
                    "Name or id of the network that machines get which ask for none; empty = the only one that is not external.",
                    ""),
            text(
                    "external-network",
                    "Name or id of the external network that public addresses are taken from and routers lead to; empty = the only external one.",
                    ""),
            new Setting(
                    "routers",
                    Setting.Type.BOOLEAN,
                    "Whether networks that are made through Hansa get a router to the external network, where there is one.",
                    Optional.of("true")),
            text(
                    "allow",
                    "What reaches machines from outside: any of icmp, PROTOCOL/PORT and PROTOCOL/FIRST-LAST with tcp or udp, all, or none,"
                            + " separated by commas. It is kept in the security group 'hansa'.",
                    "icmp,tcp/22"),
            text(
                    "security-groups",
                    "Names or ids of security groups that machines get instead of 'hansa', separated by commas.",
                    ""),
            text(
                    "keys",
                    "How SSH keys reach guests: key-pair (the first one only), cloud-init (all, in user data), or auto: one by"
                            + " key pair and several by cloud-init too.",
                    "auto"),
            text(
                    "availability-zone",
                    "The availability zone of machines and volumes; empty = as the cloud chooses.",
                    ""),
            text(
                    "volumes",
                    "auto: by Cinder where the catalogue has it; none: machines have no volumes even if it does.",
                    "auto"),
            text("volume-type", "The type of volumes that are made; empty = the cloud's default.", ""),
            text(
                    "boot-volume",
                    "Which machines get a volume as their first disk: auto (those whose flavour has no disk, where there is Cinder),"
                            + " always, never.",
                    "auto"),
            new Setting(
                    "time-limit", Setting.Type.DURATION, "How long a call may take, 100ms to 10m.", Optional.of("30s")),
            new Setting(
                    "transfer-limit",
                    Setting.Type.DURATION,
                    "How long bringing or fetching an image may take.",
                    Optional.of("1h")),
            new Setting(
                    "calls", Setting.Type.NUMBER, "How many calls are made at a time, 1 to 256.", Optional.of("16")),
            new Setting("page", Setting.Type.NUMBER, "How many things one call lists, 1 to 1000.", Optional.of("500")));

    private SettingList() {}

    private static Setting text(String key, String meaning, String fallback) {
        return new Setting(key, Setting.Type.TEXT, meaning, Optional.of(fallback));
    }

    private static Setting secret(String key, String meaning) {
        return new Setting(key, Setting.Type.SECRET, meaning, Optional.of(""));
    }
}

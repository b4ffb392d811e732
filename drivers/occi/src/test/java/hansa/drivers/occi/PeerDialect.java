package hansa.drivers.occi;

/** The servers that are stood in for, and what differs among them in what they answer. */
enum PeerDialect {
    /** v1.1.9: lists of locations, 201 with the location in header and body, sizes in titles. */
    ROCCI_1("rOCCI-server/1.1.9 OCCI/1.1", true),
    /** 2.0.4: JSON under its plain name, lists of whole entities and arrays of locations, refusals with another member. */
    ROCCI_2("rOCCI-server/2.0.4 OCCI/1.2", false),
    /** 1.2.0: 200 and the resource, memory in MiB, the link where its target should stand, no newline at the end. */
    OOI("ooi/1.2.0 OCCI/1.2", true),
    /** 0.4.8: summaries kept and filtered by, paths as ids, every value in quotes, bodies that begin with an empty line. */
    PYSSF("pyssf OCCI/1.1", false),
    /** Somebody who shortens titles, so that no token is kept. */
    FORGETFUL("Acme OCCI/1.1", false);

    private final String server;
    private final boolean openStack;

    PeerDialect(String server, boolean openStack) {
        this.server = server;
        this.openStack = openStack;
    }

    String server() {
        return server;
    }

    String query(String url) {
        String kinds = """
                Category: compute; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"; title="compute resource"; rel="http://schemas.ogf.org/occi/core#resource"; location="%1$s/compute/"
                Category: network; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"; title="network resource"; rel="http://schemas.ogf.org/occi/core#resource"; location="%1$s/network/"
                Category: storage; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"; title="storage resource"; rel="http://schemas.ogf.org/occi/core#resource"; location="%1$s/storage/"
                Category: storagelink; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"; title="storage link"; rel="http://schemas.ogf.org/occi/core#link"; location="%1$s/link/storagelink/"
                Category: networkinterface; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"; title="network link"; rel="http://schemas.ogf.org/occi/core#link"; location="%1$s/networklink/"
                Category: os_tpl; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="mixin"; title="OCCI OS Template"; location="%1$s/os_tpl/"
                """.formatted(url);
        return kinds
                + switch (this) {
                    case ROCCI_1 -> """
                    Category: uuid_debian_7;scheme="http://occi.site.example/occi/infrastructure/os_tpl#";class="mixin";title="Debian";rel="http://schemas.ogf.org/occi/infrastructure#os_tpl";location="/mixin/os_tpl/uuid_debian_7/";
                    Category: small;scheme="http://fedcloud.egi.eu/occi/compute/flavour/1.0#";class="mixin";title="Small Instance - 1 core and 2 GB of RAM";rel="http://schemas.ogf.org/occi/infrastructure#resource_tpl";location="/mixin/resource_tpl/small/"
                    Category: extra;scheme="http://fedcloud.egi.eu/occi/compute/flavour/1.0#";class="mixin";title="Extra Instance - 8 cores and 16 GB of RAM";rel="http://schemas.ogf.org/occi/infrastructure#resource_tpl";location="/mixin/resource_tpl/extra/"
                    """ + contextualisation();
                    case OOI -> """
                    Category: 0b1c; scheme="http://schemas.openstack.org/template/os#"; class="mixin"; title="cirros"; rel="http://schemas.ogf.org/occi/infrastructure#os_tpl"; location="%1$s/os_tpl/0b1c"
                    Category: 1; scheme="http://schemas.openstack.org/template/resource#"; class="mixin"; title="Flavor: m1.tiny"; rel="http://schemas.ogf.org/occi/infrastructure#resource_tpl"; location="%1$s/resource_tpl/1"
                    """.formatted(url) + contextualisation().stripTrailing();
                    case ROCCI_2, PYSSF, FORGETFUL -> """
                    Category: my_os; scheme="http://mine.example/os#"; class="mixin"; title="Mine"; rel="http://schemas.ogf.org/occi/infrastructure#os_tpl"; location="/os/my_os/"
                    """;
                };
    }

    private String contextualisation() {
        return openStack ? """
                Category: user_data; scheme="http://schemas.openstack.org/compute/instance#"; class="mixin"; title="Contextualization extension - user_data"
                Category: public_key; scheme="http://schemas.openstack.org/instance/credentials#"; class="mixin"; title="Contextualization extension - public_key"
                """ : "";
    }
}

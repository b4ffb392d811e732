package hansa.faces.occi;

import hansa.cloud.Size;
import hansa.federation.images.ImageId;
import hansa.federation.sites.Flavour;
import hansa.federation.sites.FlavourId;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.extension.ResourceTemplates;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The category identifiers of images and flavours, both ways. One scheme is written; those of OpenStack's and of the older
 * sites' servers are read as well, since clients keep them in their configuration.
 */
final class TemplateNames {

    private static final Map<String, Size> STANDARD = Map.of(
            "small", new Size(1, 1024, 10),
            "medium", new Size(2, 2048, 20),
            "large", new Size(4, 4096, 40),
            "mem_small", new Size(1, 4096, 10),
            "mem_medium", new Size(2, 8192, 20),
            "mem_large", new Size(4, 16384, 40));

    private static final String OPENSTACK_IMAGES = "http://schemas.openstack.org/template/os#";
    private static final String OPENSTACK_FLAVOURS = "http://schemas.openstack.org/template/resource#";
    private static final String ESCAPE = "_x";

    private final String imageScheme;
    private final String flavourScheme;
    private final Set<String> imageSchemes;
    private final Set<String> flavourSchemes;

    /** @param base what the schemes begin with, for example {@code http://hansa.example.org/occi/infrastructure} */
    TemplateNames(String base) {
        imageScheme = base + "/os_tpl#";
        flavourScheme = base + "/resource_tpl#";
        imageSchemes = Set.of(imageScheme, OPENSTACK_IMAGES);
        flavourSchemes = Set.of(
                flavourScheme,
                ResourceTemplates.SCHEME,
                OPENSTACK_FLAVOURS,
                "http://fedcloud.egi.eu/occi/compute/flavour/1.0#",
                "http://schemas.ogf.org/occi/infrastructure/compute/template/1.0#");
    }

    CategoryId of(ImageId image) {
        return new CategoryId(imageScheme, term(image.value()));
    }

    /** The standard's scheme only where the flavour is what the standard says, else that of this site. */
    CategoryId of(FlavourId flavour, Size size) {
        boolean standard = size.equals(STANDARD.get(flavour.value()));
        return new CategoryId(standard ? ResourceTemplates.SCHEME : flavourScheme, term(flavour.value()));
    }

    CategoryId of(Flavour flavour) {
        return of(flavour.id(), flavour.size());
    }

    Optional<ImageId> image(CategoryId id) {
        return imageSchemes.contains(id.scheme()) ? Optional.of(new ImageId(name(id.term()))) : Optional.empty();
    }

    Optional<FlavourId> flavour(CategoryId id) {
        return flavourSchemes.contains(id.scheme()) ? Optional.of(new FlavourId(name(id.term()))) : Optional.empty();
    }

    /** A name as a term of the grammar (GFD.229): what a term cannot hold becomes {@code _x} and two hexadecimal digits. */
    static String term(String name) {
        StringBuilder term = new StringBuilder(name.length());
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            boolean escapes = c == '_' && i + 1 < bytes.length && bytes[i + 1] == 'x';
            boolean first = i == 0 && !isWordCharacter(c);
            if (escapes || first || !isWordCharacter(c) && c != '-' && c != '_' && c != '.') {
                term.append(ESCAPE).append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                term.append(c);
            }
        }
        return term.toString();
    }

    private static boolean isWordCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    /** The name behind a term. */
    static String name(String term) {
        if (!term.contains(ESCAPE)) {
            return term;
        }
        byte[] raw = term.getBytes(StandardCharsets.UTF_8);
        byte[] name = new byte[raw.length];
        int size = 0;
        int i = 0;
        while (i < raw.length) {
            int high = i + 3 < raw.length && raw[i] == '_' && raw[i + 1] == 'x' ? Character.digit(raw[i + 2], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(raw[i + 3], 16);
            if (low >= 0) {
                name[size++] = (byte) (high << 4 | low);
                i += 4;
            } else {
                name[size++] = raw[i++];
            }
        }
        return new String(name, 0, size, StandardCharsets.UTF_8);
    }
}

package hansa.protocols.voms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1BMPString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1UniversalString;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * Distinguished names as grids write them: {@code /DC=org/DC=example/CN=A Name}, the form of OpenSSL's
 * {@code X509_NAME_oneline}. The form is ambiguous where a value holds a slash; see {@link #isAmbiguous}.
 */
public final class SlashName {

    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("2.5.4.3", "CN"),
            Map.entry("2.5.4.4", "SN"),
            Map.entry("2.5.4.5", "serialNumber"),
            Map.entry("2.5.4.6", "C"),
            Map.entry("2.5.4.7", "L"),
            Map.entry("2.5.4.8", "ST"),
            Map.entry("2.5.4.9", "street"),
            Map.entry("2.5.4.10", "O"),
            Map.entry("2.5.4.11", "OU"),
            Map.entry("2.5.4.12", "title"),
            Map.entry("2.5.4.13", "description"),
            Map.entry("2.5.4.17", "postalCode"),
            Map.entry("2.5.4.41", "name"),
            Map.entry("2.5.4.42", "GN"),
            Map.entry("2.5.4.43", "initials"),
            Map.entry("2.5.4.44", "generationQualifier"),
            Map.entry("2.5.4.46", "dnQualifier"),
            Map.entry("2.5.4.65", "pseudonym"),
            Map.entry("2.5.4.97", "organizationIdentifier"),
            Map.entry("0.9.2342.19200300.100.1.1", "UID"),
            Map.entry("0.9.2342.19200300.100.1.25", "DC"),
            Map.entry("1.2.840.113549.1.9.1", "emailAddress"),
            Map.entry("1.2.840.113549.1.9.2", "unstructuredName"));

    /** What would read as the begin of another part. */
    private static final Pattern PART = Pattern.compile("/[A-Za-z0-9.]+=");

    private SlashName() {}

    /** As OpenSSL writes it: what is not printable ASCII is written as {@code \xHH}, byte by byte. */
    public static String of(X500Principal name) {
        StringBuilder text = new StringBuilder(128);
        for (RDN part : parts(name)) {
            for (AttributeTypeAndValue each : part.getTypesAndValues()) {
                String type = each.getType().getId();
                text.append('/').append(SHORT.getOrDefault(type, type)).append('=');
                for (byte b : bytes(each.getValue())) {
                    append(text, b & 0xff);
                }
            }
        }
        return text.toString();
    }

    /** The last common name, as it is meant to be read; empty if there is none. */
    public static String commonName(X500Principal name) {
        String found = "";
        for (RDN part : parts(name)) {
            for (AttributeTypeAndValue each : part.getTypesAndValues()) {
                if (each.getType().getId().equals("2.5.4.3") && each.getValue() instanceof ASN1String text) {
                    found = text.getString();
                }
            }
        }
        return found;
    }

    /** Whether another name has the same slash form, since a value reads as if it had a further part in it. */
    public static boolean isAmbiguous(X500Principal name) {
        for (RDN part : parts(name)) {
            if (part.isMultiValued()) {
                return true;
            }
            byte[] value = bytes(part.getFirst().getValue());
            String text = new String(value, StandardCharsets.ISO_8859_1);
            if (PART.matcher(text).find() || text.contains("\\x") || text.indexOf('\0') >= 0) {
                return true;
            }
        }
        return false;
    }

    /** One spelling for those types of parts that programs spell in several ways. */
    public static String normal(String text) {
        return text.strip()
                .replace("/Email=", "/emailAddress=")
                .replace("/E=", "/emailAddress=")
                .replace("/USERID=", "/UID=");
    }

    private static RDN[] parts(X500Principal name) {
        return X500Name.getInstance(name.getEncoded()).getRDNs();
    }

    private static void append(StringBuilder text, int octet) {
        if (octet < ' ' || octet > '~') {
            text.append("\\x")
                    .append(Character.toUpperCase(Character.forDigit(octet >> 4, 16)))
                    .append(Character.toUpperCase(Character.forDigit(octet & 15, 16)));
        } else {
            text.append((char) octet);
        }
    }

    private static byte[] bytes(ASN1Encodable value) {
        if (value instanceof ASN1BMPString || value instanceof ASN1UniversalString) {
            return ((ASN1String) value).getString().getBytes(StandardCharsets.UTF_8);
        }
        try {
            byte[] der = value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
            int lengthBytes = (der[1] & 0x80) == 0 ? 0 : der[1] & 0x7f;
            int start = 2 + lengthBytes;
            byte[] content = new byte[der.length - start];
            System.arraycopy(der, start, content, 0, content.length);
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package hansa.protocols.sigv4;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/**
 * What a signing key is good for: one day (UTC), one region, one service.
 *
 * @param region such as {@code eu-central-1}
 * @param service such as {@code ec2}
 */
public record Scope(LocalDate date, String region, String service) {

    static final String END = "aws4_request";

    public Scope {
        if (!isWord(region) || !isWord(service)) {
            throw new IllegalArgumentException(
                    "a region and a service have 1 to 64 characters of A-Z, a-z, 0-9, _ and -");
        }
    }

    private static boolean isWord(String text) {
        return text.matches("[A-Za-z0-9_-]{1,64}");
    }

    /** Reads {@code 20150830/us-east-1/service/aws4_request}. */
    public static Scope read(String text) throws SigV4SyntaxException {
        String[] parts = text.split("/", -1);
        if (parts.length != 4 || !parts[3].equals(END) || !isWord(parts[1]) || !isWord(parts[2])) {
            throw new SigV4SyntaxException("a credential's scope is DATE/REGION/SERVICE/" + END);
        }
        try {
            return new Scope(LocalDate.parse(parts[0], DateTimeFormatter.BASIC_ISO_DATE), parts[1], parts[2]);
        } catch (DateTimeException e) {
            throw new SigV4SyntaxException("the date of a credential's scope is such as 20150830");
        }
    }

    @Override
    public String toString() {
        return date.format(DateTimeFormatter.BASIC_ISO_DATE) + "/" + region + "/" + service + "/" + END;
    }
}

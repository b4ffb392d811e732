package hansa.protocols.voms;

import java.util.List;

/** What a VOMS server answers to {@code GET /generate-ac}, as {@code text/xml}. */
public sealed interface VomsAnswer {

    /** The version of the interface that servers and clients in use name. */
    int VERSION = 3;

    /** How many bytes of an answer are read. */
    int MOST_BYTES = 1 << 18;

    /**
     * An attribute certificate, and what should be known of it.
     *
     * @param warnings such as a time that was shortened
     */
    record Granted(SignedAttributeCertificate certificate, List<String> warnings) implements VomsAnswer {

        public Granted {
            warnings = List.copyOf(warnings);
        }
    }

    /** None. */
    record Refused(Code code, String message) implements VomsAnswer {}

    /** Why there is none; the HTTP status that goes with it beside it. */
    enum Code {
        NO_SUCH_USER("NoSuchUser", 403),
        SUSPENDED_USER("SuspendedUser", 403),
        NO_SUCH_VO("NoSuchVO", 404),
        BAD_REQUEST("BadRequest", 400),
        INTERNAL_ERROR("InternalError", 500);

        private final String text;
        private final int status;

        Code(String text, int status) {
            this.text = text;
            this.status = status;
        }

        /** As it stands in the answer. */
        public String text() {
            return text;
        }

        public int status() {
            return status;
        }

        /** What is unknown is the server's own trouble. */
        static Code of(String text) {
            for (Code code : values()) {
                if (code.text.equals(text)) {
                    return code;
                }
            }
            return INTERNAL_ERROR;
        }
    }

    /** @throws VomsSyntaxException if it is no such answer */
    static VomsAnswer read(byte[] xml) throws VomsSyntaxException {
        return VomsAnswerXml.read(xml);
    }

    /** The answer in UTF-8. */
    default byte[] write() {
        return VomsAnswerXml.write(this);
    }
}

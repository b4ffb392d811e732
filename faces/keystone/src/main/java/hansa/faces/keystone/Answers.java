package hansa.faces.keystone;

import hansa.kernel.http.Response;
import hansa.protocols.keystone.KeystoneWriter;

/** The answers in JSON. */
final class Answers {

    private static final String JSON = "application/json";

    private final KeystoneWriter writer = new KeystoneWriter();

    Response json(int status, Record document) {
        return Response.of(status, JSON, writer.bytes(document));
    }
}

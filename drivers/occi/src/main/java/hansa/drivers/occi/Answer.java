package hansa.drivers.occi;

import hansa.protocols.occi.HeaderField;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What came back. */
@SuppressWarnings("ArrayRecordComponent") // never compared, and read as it is
record Answer(int status, HttpHeaders headers, byte[] body) {

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    List<HeaderField> fields() {
        List<HeaderField> fields = new ArrayList<>();
        headers.map().forEach((name, values) -> values.forEach(value -> fields.add(new HeaderField(name, value))));
        return fields;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}

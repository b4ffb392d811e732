package hansa.protocols.opennebula;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The answer to a call of XML-RPC. */
public sealed interface MethodResponse {

    /** What the method returned. */
    record Returned(Value value) implements MethodResponse {}

    /** The call did not reach a method, for example {@code -506} for one that is not known. */
    record Fault(int code, String text) implements MethodResponse {}

    static MethodResponse read(byte[] xml) throws OpenNebulaSyntaxException {
        Element response = ElementReader.read(xml);
        if (!response.name().equals("methodResponse")) {
            throw new OpenNebulaSyntaxException("the document is no answer but a " + response.name());
        }
        if (response.child("fault").isPresent()) {
            return fault(response.required("fault").required("value").required("struct"));
        }
        List<Element> parameters = response.required("params").children("param");
        if (parameters.size() != 1) {
            throw new OpenNebulaSyntaxException("the answer has " + parameters.size() + " values instead of one");
        }
        return new Returned(Value.read(parameters.getFirst().required("value")));
    }

    private static MethodResponse fault(Element struct) throws OpenNebulaSyntaxException {
        long code = 0;
        String text = "";
        for (Element member : struct.children("member")) {
            Value value = Value.read(member.required("value"));
            String name = member.required("name").text().strip();
            if (name.equals("faultCode") && value instanceof Value.Whole(long number)) {
                code = number;
            } else if (name.equals("faultString") && value instanceof Value.Text(String words)) {
                text = words;
            }
        }
        return new Fault(Math.clamp(code, Integer.MIN_VALUE, Integer.MAX_VALUE), text);
    }

    default byte[] toXml() {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<methodResponse>");
        switch (this) {
            case Returned(Value value) -> {
                out.append("<params><param>");
                Value.write(out, value);
                out.append("</param></params>");
            }
            case Fault(int code, String text) -> {
                out.append("<fault><value><struct><member><name>faultCode</name>");
                Value.write(out, Value.of(code));
                out.append("</member><member><name>faultString</name>");
                Value.write(out, Value.of(text));
                out.append("</member></struct></value></fault>");
            }
        }
        return out.append("</methodResponse>").toString().getBytes(StandardCharsets.UTF_8);
    }
}

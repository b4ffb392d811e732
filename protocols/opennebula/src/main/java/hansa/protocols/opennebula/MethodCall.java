package hansa.protocols.opennebula;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A call of XML-RPC.
 *
 * @param method for example {@code one.vm.info}
 * @param parameters in order; the first one of OpenNebula's methods is the session, which is a secret
 */
public record MethodCall(String method, List<Value> parameters) {

    public MethodCall {
        if (!method.matches("[A-Za-z0-9_.:/]{1,200}")) {
            throw new IllegalArgumentException("not the name of a method");
        }
        parameters = List.copyOf(parameters);
    }

    public static MethodCall read(byte[] xml) throws OpenNebulaSyntaxException {
        Element call = ElementReader.read(xml);
        if (!call.name().equals("methodCall")) {
            throw new OpenNebulaSyntaxException("the document is no call but a " + call.name());
        }
        String method = call.required("methodName").text().strip();
        List<Value> parameters = new ArrayList<>();
        for (Element parameter : call.orNothing("params").children("param")) {
            parameters.add(Value.read(parameter.required("value")));
        }
        try {
            return new MethodCall(method, parameters);
        } catch (IllegalArgumentException e) {
            throw new OpenNebulaSyntaxException("the call names no method", e);
        }
    }

    public byte[] toXml() {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<methodCall><methodName>");
        XmlText.write(out, method);
        out.append("</methodName><params>");
        for (Value parameter : parameters) {
            out.append("<param>");
            Value.write(out, parameter);
            out.append("</param>");
        }
        out.append("</params></methodCall>");
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Without the parameters, since one of them is a password. */
    @Override
    public String toString() {
        return method;
    }
}

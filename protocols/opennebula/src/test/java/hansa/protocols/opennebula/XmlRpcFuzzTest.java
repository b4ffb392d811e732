package hansa.protocols.opennebula;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever answers, the readers give a value or a complaint of one line. Runs its seeds unless JAZZER_FUZZ=1. */
class XmlRpcFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void response(byte[] xml) {
        oneLine(() -> {
            if (MethodResponse.read(xml) instanceof MethodResponse.Returned(Value value)
                    && Reply.of(value) instanceof Reply.Done(Value.Text(String document))) {
                Element root = Element.read(document);
                VirtualMachine.pool(root);
                Image.pool(root);
                VirtualNetwork.pool(root);
                MachineTemplate.pool(root);
                HostCapacity.pool(root);
                Quota.of(root);
            }
        });
    }

    @FuzzTest(maxDuration = "20s")
    void call(byte[] xml) {
        oneLine(() -> MethodCall.read(xml));
    }

    @FunctionalInterface
    private interface Reading {
        void run() throws OpenNebulaSyntaxException;
    }

    private static void oneLine(Reading reading) {
        try {
            reading.run();
        } catch (OpenNebulaSyntaxException e) {
            if (e.getMessage() == null
                    || e.getMessage().isEmpty()
                    || e.getMessage().indexOf('\n') >= 0) {
                throw new AssertionError("Not one line: " + e.getMessage(), e);
            }
        }
    }
}

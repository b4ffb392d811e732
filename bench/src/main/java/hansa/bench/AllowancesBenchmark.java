package hansa.bench;

import hansa.kernel.base.AddressBlock;
import hansa.kernel.http.Allowance;
import hansa.kernel.http.Allowances;
import java.net.InetAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What it costs a request to be counted: from its address to a place and back. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class AllowancesBenchmark {

    private static final int MOST = 32_768;

    private final InetAddress one = InetAddress.ofLiteral("2001:db8:1:2::3");
    private final Allowances<AddressBlock> generous = new Allowances<>(new Allowance(1_000_000, 1_000), MOST);
    private final Allowances<AddressBlock> strict = new Allowances<>(new Allowance(1, 1_000), MOST);

    @Benchmark
    public boolean oneAddressWithinItsAllowance() {
        return takes(generous, one);
    }

    @Benchmark
    public boolean oneAddressBeyondIt() {
        return takes(strict, one);
    }

    /** Each of them is new to the table, which is full. */
    @Benchmark
    public boolean everNewAddresses() {
        long bits = ThreadLocalRandom.current().nextLong();
        return takes(generous, new AddressBlock(bits));
    }

    private static boolean takes(Allowances<AddressBlock> allowances, InetAddress from) {
        return takes(allowances, AddressBlock.of(from));
    }

    private static boolean takes(Allowances<AddressBlock> allowances, AddressBlock from) {
        if (allowances.take(from, System.nanoTime()) instanceof Allowances.Share share) {
            share.leave();
            return true;
        }
        return false;
    }
}

using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Xunit;

namespace Hosting.Tests.Run;

public class WaitCycleTests
{
    [Fact]
    public void A_cycle_of_waits_is_spelled_out()
    {
        var (a, b, c) = (new StandIn("a"), new StandIn("b"), new StandIn("c"));
        Wait(a, b);
        Wait(b, c);
        Wait(c, b);
        var e = Assert.Throws<DistributedApplicationException>(() => WaitCycles.Check(new DistributedApplicationModel([a, b, c])));
        Assert.Contains("'b' waits for 'c' waits for 'b'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Waiting_for_the_same_resource_twice_is_no_cycle()
    {
        var (a, b, c) = (new StandIn("a"), new StandIn("b"), new StandIn("c"));
        Wait(a, b);
        Wait(a, c);
        Wait(b, c);
        WaitCycles.Check(new DistributedApplicationModel([a, b, c]));
    }

    private static void Wait(StandIn resource, StandIn dependency) => resource.Annotations.Add(new WaitAnnotation(dependency, WaitType.WaitUntilHealthy));
}

using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace Hosting.Tests.Builders;

public sealed class WaitTests
{
    private readonly IDistributedApplicationBuilder _builder = Model.Run();

    [Fact]
    public void A_cycle_of_waits_is_refused_with_its_way()
    {
        var (a, b, c) = (Worker("a"), Worker("b"), Worker("c"));
        a.WaitFor(b);
        b.WaitForCompletion(c);

        var error = Assert.Throws<DistributedApplicationException>(() => c.WaitForStart(a));
        Assert.Contains("'c' -> 'a' -> 'b' -> 'c'", error.Message);
    }

    [Fact]
    public void A_resource_cannot_wait_for_itself() => Assert.Contains("'a' -> 'a'", Assert.Throws<DistributedApplicationException>(() =>
    {
        var a = Worker("a");
        a.WaitFor(a);
    }).Message);

    [Fact]
    public void A_server_cannot_wait_for_its_child()
    {
        var server = Worker("server");
        var child = _builder.AddResource(new Child("child", server.Resource));

        Assert.Contains("'server' -> 'child' -> 'server'", Assert.Throws<DistributedApplicationException>(() => server.WaitFor(child)).Message);
    }

    [Fact]
    public void Waiting_for_a_child_waits_for_its_server_too()
    {
        var server = Worker("server");
        var child = _builder.AddResource(new Child("child", server.Resource));
        var a = Worker("a").WaitFor(child, WaitBehavior.StopOnResourceUnavailable);

        var waits = a.Resource.Annotations.OfType<WaitAnnotation>().ToList();
        Assert.Equal(["server", "child"], waits.Select(w => w.Resource.Name));
        Assert.All(waits, w => Assert.Equal(WaitBehavior.StopOnResourceUnavailable, w.WaitBehavior));
    }

    private IResourceBuilder<ExecutableResource> Worker(string name) => _builder.AddExecutable(name, "worker", ".");

    private sealed class Child(string name, ExecutableResource parent) : Resource(name), IResourceWithParent<ExecutableResource>
    {
        public ExecutableResource Parent => parent;
    }
}

using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hosting.Tests.Builders;

public sealed class EndpointTests
{
    private readonly IResourceBuilder<ExecutableResource> _worker = Model.Run().AddExecutable("worker", "worker", ".");

    [Fact]
    public void A_second_call_changes_only_what_it_gives()
    {
        _worker.WithHttpEndpoint(port: 5000, targetPort: 8080).WithHttpEndpoint(port: 6000);

        Assert.Equal(["http http 6000 8080"], Model.EndpointsOf(_worker));
    }

    [Fact]
    public void A_name_cannot_stand_for_two_schemes()
    {
        _worker.WithHttpEndpoint(name: "api");

        var error = Assert.Throws<DistributedApplicationException>(() => _worker.WithHttpsEndpoint(name: "API"));
        Assert.Contains("'worker' already has an endpoint 'api' with scheme 'http'", error.Message);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(65536)]
    public void Ports_must_be_ports(int port)
    {
        var error = Assert.Throws<DistributedApplicationException>(() => _worker.WithHttpEndpoint(targetPort: port));
        Assert.Contains($"Endpoint 'http' of resource 'worker' cannot have port {port}", error.Message);
        Assert.Throws<DistributedApplicationException>(() => _worker.WithEndpoint("other", e => e.Port = port));
    }

    [Fact]
    public async Task The_process_learns_its_target_port_from_the_variable_named()
    {
        _worker.WithHttpEndpoint(targetPort: 8080, env: "PORT");
        Model.Allocate(_worker);

        Assert.Equal("8080", (await Model.EnvironmentOf(_worker))["PORT"]);
    }

    [Fact]
    public void Only_http_endpoints_become_external()
    {
        _worker.WithHttpEndpoint().WithHttpsEndpoint().WithEndpoint(name: "raw").WithExternalHttpEndpoints();

        Assert.Equal(["http", "https"], _worker.Resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.IsExternal).Select(e => e.Name));
    }

    [Fact]
    public void A_health_check_needs_an_http_endpoint()
    {
        var error = Assert.Throws<DistributedApplicationException>(() => _worker.WithEndpoint(name: "raw").WithHttpHealthCheck("/health"));
        Assert.Contains("'worker' cannot have an HTTP health check: it has no endpoint 'https' or 'http'", error.Message);

        Assert.Contains("scheme 'tcp'", Assert.Throws<DistributedApplicationException>(() => _worker.WithHttpHealthCheck(endpointName: "raw")).Message);
    }

    [Fact]
    public void The_same_health_check_is_added_once()
    {
        _worker.WithHttpEndpoint().WithHttpHealthCheck("/health");

        Assert.Contains("'worker' already has the health check", Assert.Throws<DistributedApplicationException>(() => _worker.WithHttpHealthCheck("/health")).Message);
    }

    [Fact]
    public void A_later_probe_of_a_type_replaces_the_earlier()
    {
        _worker.WithHttpEndpoint().WithHttpProbe(ProbeType.Liveness, "/a").WithHttpProbe(ProbeType.Liveness, "/b").WithHttpProbe(ProbeType.Readiness, "/c");

        Assert.Equal(["/b", "/c"], _worker.Resource.Annotations.OfType<EndpointProbeAnnotation>().Select(p => p.Path));
    }

    [Fact]
    public async Task An_http2_service_says_so_of_endpoints_added_later_too()
    {
        var builder = Model.Publish();
        var worker = builder.AddExecutable("worker", "worker", ".").AsHttp2Service().WithHttpEndpoint().WithEndpoint(name: "raw");
        using var services = new ServiceCollection().BuildServiceProvider();
        await builder.Eventing.PublishAsync(new BeforeStartEvent(services, new DistributedApplicationModel(builder.Resources)), TestContext.Current.CancellationToken);

        Assert.Equal(["http2", "tcp"], worker.Resource.Annotations.OfType<EndpointAnnotation>().Select(e => e.Transport));
    }
}

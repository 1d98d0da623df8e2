using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace Hosting.Tests.Builders;

public sealed class ReferenceTests
{
    private readonly IDistributedApplicationBuilder _builder = Model.Publish();
    private readonly IResourceBuilder<ExecutableResource> _worker;
    private readonly IResourceBuilder<Service> _api;

    public ReferenceTests()
    {
        _worker = _builder.AddExecutable("worker", "worker", ".");
        _api = _builder.AddResource(new Service("order-api")).WithHttpEndpoint().WithEndpoint(name: "grpc-in").WithEndpoint("admin", e => e.ExcludeReferenceEndpoint = true);
    }

    [Fact]
    public async Task A_reference_passes_on_each_endpoint_twice_for_any_language_and_for_service_discovery()
    {
        _worker.WithReference(_api).WithReference(_api);

        Assert.Equal(
            [
                "ORDER_API_HTTP={order-api.bindings.http.url}", "services__order-api__http__0={order-api.bindings.http.url}",
                "ORDER_API_GRPC_IN={order-api.bindings.grpc-in.url}", "services__order-api__grpc-in__0={order-api.bindings.grpc-in.url}",
            ],
            await Lines(_worker));
    }

    [Fact]
    public async Task An_endpoint_left_out_of_references_is_passed_on_when_named()
    {
        _worker.WithReference(_api.GetEndpoint("admin"));

        Assert.Equal(["ORDER_API_ADMIN", "services__order-api__admin__0"], (await Model.EnvironmentOf(_worker)).Keys);
    }

    [Fact]
    public async Task A_reference_to_an_unknown_endpoint_names_the_resource_and_its_endpoints()
    {
        _worker.WithReference(_api.GetEndpoint("htpp"));

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => Model.EnvironmentOf(_worker));
        Assert.Contains("'order-api' has no endpoint named 'htpp'. It has: 'http', 'grpc-in', 'admin'", error.Message);
    }

    [Fact]
    public async Task A_connection_is_passed_on_as_a_whole_and_in_parts()
    {
        _worker.WithReference(_builder.AddResource(new Server("db")).WithConnectionProperty("Ssl", "off"), connectionName: "main-db");

        Assert.Equal(["ConnectionStrings__main-db={db.connectionString}", "MAIN_DB_HOST=example", "MAIN_DB_SSL=off"], await Lines(_worker));
    }

    [Fact]
    public async Task The_kinds_of_variables_can_be_chosen()
    {
        _worker.WithReference(_builder.AddResource(new Server("db"))).WithReference(_api)
            .WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionProperties | ReferenceEnvironmentInjectionFlags.ServiceDiscovery);

        Assert.Equal(["DB_HOST", "services__order-api__http__0", "services__order-api__grpc-in__0"], (await Model.EnvironmentOf(_worker)).Keys);
    }

    [Fact]
    public async Task An_address_is_passed_on_under_its_name()
    {
        _worker.WithReference("maps", new Uri("https://maps.example.org/v1/"));

        Assert.Equal(["services__maps__default__0=https://maps.example.org/v1/", "maps=https://maps.example.org/v1/"], await Lines(_worker));
        Assert.Contains("has a query", Assert.Throws<InvalidOperationException>(() => _worker.WithReference("maps", new Uri("https://maps.example.org/?a=b"))).Message);
    }

    [Fact]
    public void What_a_value_is_made_of_becomes_a_relationship()
    {
        var key = _builder.AddParameter("key", secret: true);
        _worker.WithEnvironment("URL", $"{_api.GetEndpoint("http")}?key={key}").WithArgs(key);

        Assert.Equal(
            ["order-api Reference", "key Reference"],
            _worker.Resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(r => $"{r.Resource.Name} {r.Type}"));
    }

    private static async Task<IEnumerable<string>> Lines(IResourceBuilder<IResource> builder) =>
        (await Model.EnvironmentOf(builder)).Select(v => $"{v.Key}={v.Value}");

    private sealed class Service(string name) : Resource(name), IResourceWithServiceDiscovery;

    private sealed class Server(string name) : Resource(name), IResourceWithConnectionString
    {
        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"Host=example");

        public IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() => [new("Host", ReferenceExpression.Create($"example"))];
    }
}

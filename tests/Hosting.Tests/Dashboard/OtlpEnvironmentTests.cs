using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace Hosting.Tests.Dashboard;

public sealed class OtlpEnvironmentTests
{
    [Fact]
    public async Task Without_a_dashboard_the_configured_collector_is_used()
    {
        var variables = await EvaluateAsync("http://localhost:19000", resource => resource.WithOtlpExporter());

        Assert.Equal("http://localhost:19000", await TextAsync(variables["OTEL_EXPORTER_OTLP_ENDPOINT"]));
        Assert.Equal("grpc", variables["OTEL_EXPORTER_OTLP_PROTOCOL"]);
        Assert.StartsWith("x-otlp-api-key=", (string)variables["OTEL_EXPORTER_OTLP_HEADERS"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://localhost:0")]
    public async Task Without_any_collector_nothing_is_exported(string? address)
    {
        var variables = await EvaluateAsync(address, resource => resource.WithOtlpExporter());

        Assert.DoesNotContain(variables.Keys, name => name.StartsWith("OTEL_EXPORTER", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_replica_is_a_source_of_its_own()
    {
        var variables = await EvaluateAsync(address: null, resource => resource.WithOtlpExporter());

        Assert.Equal("""service.instance.id={{- index .Annotations "otel-service-instance-id" -}}""", variables["OTEL_RESOURCE_ATTRIBUTES"]);
        Assert.Equal("""{{- index .Annotations "otel-service-name" -}}""", variables["OTEL_SERVICE_NAME"]);
    }

    private static async Task<Dictionary<string, object>> EvaluateAsync(string? address, Action<IResourceBuilder<ExecutableResource>> configure)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });
        builder.Configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = address;
        var worker = builder.AddResource(new ExecutableResource("worker", "worker", "."));
        configure(worker);

        var context = new EnvironmentCallbackContext(builder.ExecutionContext, worker.Resource);
        foreach (var annotation in worker.Resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        return context.EnvironmentVariables;
    }

    private static async Task<string?> TextAsync(object value) =>
        value is IValueProvider provider ? await provider.GetValueAsync(TestContext.Current.CancellationToken) : (string)value;
}

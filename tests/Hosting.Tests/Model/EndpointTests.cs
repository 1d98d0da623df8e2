using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace Hosting.Tests.Model;

public sealed class EndpointTests
{
    private readonly ExecutableResource _worker = new("worker", "date", ".");

    [Theory]
    [InlineData(EndpointProperty.Url, "{worker.bindings.http.url}", "http://localhost:8080")]
    [InlineData(EndpointProperty.Host, "{worker.bindings.http.host}", "localhost")]
    [InlineData(EndpointProperty.IPV4Host, "{worker.bindings.http.iPV4Host}", "127.0.0.1")]
    [InlineData(EndpointProperty.Port, "{worker.bindings.http.port}", "8080")]
    [InlineData(EndpointProperty.Scheme, "{worker.bindings.http.scheme}", "http")]
    [InlineData(EndpointProperty.TargetPort, "{worker.bindings.http.targetPort}", "5000")]
    [InlineData(EndpointProperty.HostAndPort, "{worker.bindings.http.host}:{worker.bindings.http.port}", "localhost:8080")]
    public async Task Each_property_has_a_placeholder_and_a_value(EndpointProperty property, string placeholder, string value)
    {
        var annotation = new EndpointAnnotation(System.Net.Sockets.ProtocolType.Tcp, uriScheme: "http");
        annotation.AllocatedEndpoint = new AllocatedEndpoint(annotation, "localhost", 8080, "5000");
        _worker.Annotations.Add(annotation);

        var expression = _worker.GetEndpoint("http").Property(property);

        Assert.Equal(placeholder, expression.ValueExpression);
        Assert.Equal(value, await expression.GetValueAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Whoever_asks_too_early_waits_for_the_address()
    {
        var annotation = new EndpointAnnotation(System.Net.Sockets.ProtocolType.Tcp, uriScheme: "http");
        _worker.Annotations.Add(annotation);

        var asked = _worker.GetEndpoint("http").GetValueAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(asked.IsCompleted);
        annotation.AllocatedEndpoint = new AllocatedEndpoint(annotation, "localhost", 8080);

        Assert.Equal("http://localhost:8080", await asked);
    }

    [Fact]
    public void An_endpoint_that_does_not_exist_is_an_error_that_lists_those_that_do()
    {
        _worker.Annotations.Add(new EndpointAnnotation(System.Net.Sockets.ProtocolType.Tcp, uriScheme: "http", name: "admin"));

        var error = Assert.Throws<DistributedApplicationException>(() => _worker.GetEndpoint("http").EndpointAnnotation);

        Assert.Contains("'worker' has no endpoint named 'http'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'admin'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_proxy_one_port_is_both()
    {
        var endpoint = new EndpointAnnotation(System.Net.Sockets.ProtocolType.Tcp, port: 1025, isProxied: false);

        Assert.Equal((1025, 1025), (endpoint.Port, endpoint.TargetPort));
    }
}

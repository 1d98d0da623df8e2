using MsaAspire.Aspirate.Planning;
using Xunit;

namespace Aspirate.Tests;

public sealed class PortRules
{
    [Theory]
    // https is nothing that a project's pod serves, so http stands for it, wherever it stands in the model.
    [InlineData("http 0 0, https 0 0", "", "http=http:8080>8080 https=http:8080>8080")]
    [InlineData("https 0 0, http 0 0", "", "http=http:8080>8080 https=http:8080>8080")]
    [InlineData("https 443 0, http 80 0", "", "http=http:80>8080 https=http:80>8080")]
    // Unless its process is told where.
    [InlineData("http 0 0, https 0 0", "{x.bindings.https.targetPort}", "http=http:8080>8080 https=https:8081>8081")]
    [InlineData("http 0 0, https 0 8443", "", "http=http:8080>8080 https=https:8443>8443")]
    // One must be served, and .NET's images do so without TLS.
    [InlineData("https 0 0", "", "https=http:8080>8080")]
    [InlineData("https 443 0, second-https 0 0", "", "https=http:443>8080 second-https=http:443>8080")]
    // Free ports go round those that are taken.
    [InlineData("http 0 0, a-http 0 8080, b-http 0 8081, c-http 0 0", "",
        "a-http=http:8080>8080 b-http=http:8081>8081 c-http=http:8083>8083 http=http:8082>8082")]
    [InlineData("http 5100 0", "", "http=http:5100>8080")]
    [InlineData("", "", "")]
    public void A_project_s_bindings_get_their_ports(string bindings, string told, string expected) => Assert.Equal(expected, PortsOf(
        $$"""{ "type": "project.v0", "path": "X.csproj", "env": { "A": "{{told}}" }, "bindings": { {{Bindings(bindings)}} } }"""));

    [Theory]
    [InlineData("http 0 80", "http=http:80>80")]
    [InlineData("http 8000 80", "http=http:8000>80")]
    [InlineData("http 8000 0", "http=http:8000>8000")]
    [InlineData("https 443 8443, http 80 8080", "http=http:80>8080 https=https:443>8443")]
    public void A_container_s_bindings_are_as_the_model_says(string bindings, string expected) =>
        Assert.Equal(expected, PortsOf($$"""{ "type": "container.v0", "image": "x", "bindings": { {{Bindings(bindings)}} } }"""));

    [Fact]
    public void What_is_external_by_https_is_so_by_http()
    {
        var workload = Plans.Of("""
            {
              "type": "project.v0", "path": "X.csproj",
              "bindings": { "http": { "scheme": "http" }, "https": { "scheme": "https", "external": true } }
            }
            """);
        Assert.True(Assert.Single(workload.Ports).IsExternal);
    }

    /// <summary><c>name port targetPort</c>; the scheme is the name's last part, and 0 is none.</summary>
    private static string Bindings(string bindings) =>
        string.Join(", ", bindings.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(b => b.Split(' ')).Select(b =>
        $$"""
        "{{b[0]}}": { "scheme": "{{b[0].Split('-')[^1]}}", "transport": "http", "port": {{b[1]}}, "targetPort": {{b[2]}} }
        """));

    private static string PortsOf(string resource) =>
        string.Join(' ', Ports.Of(Plans.Of(resource).Resource).OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => $"{p.Key}={p.Value.Scheme}:{p.Value.ServicePort}>{p.Value.ContainerPort}"));
}

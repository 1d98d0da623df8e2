using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace Hosting.Tests.Builders;

public sealed class ProjectEnvironmentTests
{
    private const string Https = """{ "profiles": { "https": { "commandName": "Project", "applicationUrl": "https://localhost:7124;http://localhost:5124" } } }""";

    [Fact]
    public async Task A_run_tells_the_target_ports_and_the_outer_https_port()
    {
        using var project = new ProjectFolder(Https);
        var api = Model.Run().AddProject("api", project.Path)
            .WithEndpoint("http", e => e.TargetPort = 1).WithEndpoint("https", e => e.TargetPort = 2).WithHttpEndpoint(targetPort: 3, name: "admin");
        Model.Allocate(api);

        var variables = await Model.EnvironmentOf(api);
        Assert.Equal("https://localhost:2;http://localhost:1;http://localhost:3", variables["ASPNETCORE_URLS"]);
        Assert.Equal("7124", variables["ASPNETCORE_HTTPS_PORT"]);
        Assert.Equal("simple", variables["LOGGING__CONSOLE__FORMATTERNAME"]);
    }

    [Fact]
    public async Task Publishing_tells_the_ports_but_that_of_the_https_endpoint_it_added()
    {
        using var project = new ProjectFolder(Https);
        var api = Model.Publish().AddProject("api", project.Path).WithHttpEndpoint(port: 9001, name: "admin").WithHttpsEndpoint(name: "secure");

        var variables = await Model.EnvironmentOf(api);
        Assert.Equal("{api.bindings.http.targetPort};{api.bindings.admin.targetPort}", variables["HTTP_PORTS"]);
        Assert.Equal("{api.bindings.secure.targetPort}", variables["HTTPS_PORTS"]);
        Assert.Equal("true", variables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"]);
    }

    [Fact]
    public async Task Forwarded_headers_can_be_disabled()
    {
        using var project = new ProjectFolder(Https);

        Assert.DoesNotContain("ASPNETCORE_FORWARDEDHEADERS_ENABLED", await Model.EnvironmentOf(Model.Publish().AddProject("api", project.Path).DisableForwardedHeaders()));
    }

    [Fact]
    public async Task Endpoints_of_Kestrels_configuration_replace_those_of_the_launch_profile()
    {
        using var project = new ProjectFolder(Https, """{ "Kestrel": { "Endpoints": { "Grpc": { "Url": "http://*:6001", "Protocols": "Http2" } } } }""");
        var api = Model.Run().AddProject("api", project.Path).WithEndpoint("http", e => e.TargetPort = 1);
        Model.Allocate(api);

        Assert.Equal(["http http 6001 1"], Model.EndpointsOf(api));
        Assert.Equal("http2", api.GetEndpoint("http").EndpointAnnotation.Transport);
        var variables = await Model.EnvironmentOf(api);
        Assert.Equal("http://*:1", variables["Kestrel__Endpoints__http__Url"]);
        Assert.DoesNotContain("ASPNETCORE_URLS", variables);
    }

    [Fact]
    public void A_project_cannot_have_less_than_one_replica()
    {
        using var project = new ProjectFolder();
        var api = Model.Run().AddProject("api", project.Path);

        Assert.Contains("'api' cannot have 0 replicas", Assert.Throws<DistributedApplicationException>(() => api.WithReplicas(0)).Message);
    }

    [Theory]
    [InlineData("a b", "a", "b")]
    [InlineData("--x \"a b\"  c", "--x", "a b", "c")]
    [InlineData("""--json {\"a\":1} "" """, "--json", "{\"a\":1}", "")]
    public void Command_lines_split_at_blanks_outside_of_quotes(string text, params string[] expected) => Assert.Equal(expected, CommandLine.Split(text));
}

using Aspire.Hosting;
using Xunit;

namespace Hosting.Tests.Builders;

public sealed class LaunchProfileTests : IDisposable
{
    private readonly ProjectFolder _project = new("""
        {
          // comments and trailing commas are usual in this file
          "profiles": {
            "docker": { "commandName": "Docker" },
            "first": { "commandName": "Project", "applicationUrl": "http://127.0.0.1:5001;https://localhost:7001;http://*:5002", "environmentVariables": { "WHO": "first" } },
            "second": { "commandName": "Project", "commandLineArgs": "--mode \"a b\"", "environmentVariables": { "WHO": "second" }, },
          }
        }
        """);

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task The_first_profile_that_runs_the_project_is_used()
    {
        var api = Model.Run().AddProject("api", _project.Path);

        Assert.Equal(["http http 5001", "https https 7001", "http2 http 5002"], Model.EndpointsOf(api));
        Model.Allocate(api);
        var variables = await Model.EnvironmentOf(api.WithEndpointsInEnvironment(_ => false));
        Assert.Equal(("first", "first"), (variables["DOTNET_LAUNCH_PROFILE"], variables["WHO"]));
    }

    [Fact]
    public async Task The_profile_of_the_AppHost_is_preferred_if_the_project_has_it()
    {
        var builder = Model.Run("--DOTNET_LAUNCH_PROFILE=second");

        Assert.Equal("second", (await Model.EnvironmentOf(builder.AddProject("api", _project.Path)))["WHO"]);
    }

    [Fact]
    public void A_profile_of_another_name_at_the_AppHost_changes_nothing() =>
        Assert.Contains("http http 5001", Model.EndpointsOf(Model.Run("--DOTNET_LAUNCH_PROFILE=third").AddProject("api", _project.Path)));

    [Fact]
    public async Task The_arguments_of_the_profile_come_before_those_of_the_code()
    {
        var api = Model.Run().AddProject("api", _project.Path, launchProfileName: "second").WithArgs("--last");

        Assert.Equal(["--mode", "a b", "--last"], await Model.ArgumentsOf(api));
    }

    [Fact]
    public async Task Without_a_profile_there_are_no_endpoints_and_none_of_its_variables()
    {
        var api = Model.Run().AddProject("api", _project.Path, launchProfileName: null);

        Assert.Empty(Model.EndpointsOf(api));
        Assert.DoesNotContain("WHO", await Model.EnvironmentOf(api));
    }

    [Fact]
    public void An_unknown_profile_is_refused_with_the_names_there_are()
    {
        var error = Assert.Throws<DistributedApplicationException>(() => Model.Run().AddProject("api", _project.Path, launchProfileName: "fourth"));

        Assert.Contains("'api' has no launch profile 'fourth'", error.Message);
        Assert.Contains("'docker', 'first', 'second'", error.Message);
    }

    [Fact]
    public void A_published_web_project_listens_on_http_and_https_whatever_the_profile_says()
    {
        var api = Model.Publish().AddProject("api", _project.Path);

        Assert.Equal(["http http", "https https"], Model.EndpointsOf(api));
    }

    [Fact]
    public void A_published_project_that_does_not_listen_has_no_endpoints() =>
        Assert.Empty(Model.EndpointsOf(Model.Publish().AddProject("api", _project.Path, launchProfileName: "second")));

    [Fact]
    public void Launch_settings_that_cannot_be_read_are_named()
    {
        using var broken = new ProjectFolder("{ \"profiles\": ");

        Assert.Contains("'api' cannot be read", Assert.Throws<DistributedApplicationException>(() => Model.Run().AddProject("api", broken.Path)).Message);
    }

    [Fact]
    public void A_missing_project_is_refused_with_its_full_path()
    {
        var builder = Model.Run();
        var error = Assert.Throws<DistributedApplicationException>(() => builder.AddProject("api", "../nowhere/Api.csproj"));

        Assert.Contains("'api' does not exist", error.Message);
        Assert.Contains(Path.GetFullPath("../nowhere/Api.csproj", builder.AppHostDirectory), error.Message);
    }
}

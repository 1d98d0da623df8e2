using System.Net;
using Xunit;

namespace Aspirate.Tests;

/// <summary>What keeps images from being built. The container engine is a script here that writes down what it was asked.</summary>
public sealed class Builds : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_registry_that_nobody_answers_for_is_named_before_anything_is_built() => await Refusal.AssertAsync(
        _folder, ["generate", "--build", "-m", Project("Api.csproj"), "--container-registry", Unreachable.Address],
        Unreachable.Address, "--container-registry", "--skip-build");

    [Fact]
    public async Task What_is_no_registry_is_told_by_its_answer()
    {
        using var server = new HttpListener();
        var address = Unreachable.Address;
        server.Prefixes.Add($"http://{address}/");
        server.Start();
        var answering = server.GetContextAsync().ContinueWith(
            asked =>
            {
                asked.Result.Response.StatusCode = 404;
                asked.Result.Response.Close();
            },
            TestContext.Current.CancellationToken, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        await Refusal.AssertAsync(
            _folder, ["generate", "--build", "-m", Project("Api.csproj"), "--container-registry", address], address, "404",
            "--container-registry");
        await answering;
    }

    [Theory]
    [InlineData("--platform", "windows/amd64", "--platform")]
    [InlineData("--container-builder", "buildah", "docker or podman")]
    public async Task An_unknown_platform_or_engine_is_named_with_those_that_are_known(string option, string value, string fix)
    {
        _folder.Write("Api.csproj", "<Project />");
        await Refusal.AssertAsync(_folder, ["generate", "--build", "-m", Project("Api.csproj"), option, value], value, fix);
    }

    [Fact]
    public async Task Sources_that_are_gone_are_named()
    {
        await Refusal.AssertAsync(_folder, ["build", "-m", Project("Gone.csproj")], "\"api\"", "Gone.csproj", "write the manifest again");
        await Refusal.AssertAsync(
            _folder, ["build", "-m", Resource("""{"type":"dockerfile.v0","path":"Gone","context":"."}""")], "\"api\"", _folder["Gone"]);
        await Refusal.AssertAsync(
            _folder, ["build", "-m", Resource("""{"type":"executable.v0","workingDirectory":"gone","command":"node"}""")], "\"api\"",
            _folder["gone"]);
    }

    [Fact]
    public async Task A_build_that_fails_is_told_by_its_last_words()
    {
        _folder.Write("Dockerfile", "FROM x");
        var run = await RunAsync(
            "echo 'step 1: no space left on device' >&2; exit 3", "build", "-m",
            Resource("""{"type":"dockerfile.v0","path":"Dockerfile","context":"."}"""));
        Refusal.AssertSaid(run, "\"api\"", "exit code 3", "no space left on device");
    }

    [Fact]
    public async Task The_value_of_a_build_secret_reaches_the_engine_in_its_environment_and_not_on_its_command_line()
    {
        _folder.Write("Dockerfile", "FROM x");
        var manifest = _folder.Write("manifest.json", """
            {"resources":{
              "api":{"type":"container.v1","build":{"context":".","dockerfile":"Dockerfile","secrets":{
                "npmrc":{"type":"file","source":"npmrc"},"token":{"type":"env","value":"{token.value}"}}}},
              "token":{"type":"parameter.v0","value":"{token.inputs.value}","inputs":{"value":{"type":"string","secret":true}}}
            }}
            """);
        var run = await RunAsync(
            $"printf '%s\\n' \"$@\" > {_folder["asked"]}; printf '%s' \"$ASPIRATE_BUILD_SECRET_1\" > {_folder["got"]}",
            "build", "-m", manifest, "--parameter", "token=hush hush");

        Assert.Equal(0, run.ExitCode);
        var asked = await File.ReadAllLinesAsync(_folder["asked"], TestContext.Current.CancellationToken);
        Assert.Contains("id=token,env=ASPIRATE_BUILD_SECRET_1", asked);
        Assert.DoesNotContain(asked, argument => argument.Contains("hush", StringComparison.Ordinal));
        Assert.Equal("hush hush", await File.ReadAllTextAsync(_folder["got"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_engine_is_given_the_stage_the_arguments_and_secrets_as_files()
    {
        _folder.Write("Dockerfile", "FROM x");
        var manifest = _folder.Write("manifest.json", """
            {"resources":{
              "api":{"type":"container.v1","build":{"context":".","dockerfile":"Dockerfile","stage":"final",
                "args":{"A":"two words","LEVEL":"{level.value}"},"secrets":{"npmrc":{"type":"file","source":"npmrc"}}}},
              "level":{"type":"parameter.v0","value":"{level.inputs.value}","inputs":{"value":{"type":"string","default":{"value":"info"}}}}
            }}
            """);
        var run = await RunAsync(
            $"printf '%s\\n' \"$@\" > {_folder["asked"]}", "build", "-m", manifest, "--container-build-arg", "B=c", "--platform",
            "linux/arm64", "-ct", "1.0");
        Assert.Equal((0, "api:1.0\n"), (run.ExitCode, run.Output));
        Assert.Equal(
            [
                "build", "--tag", "api:1.0", "--file", _folder["Dockerfile"], "--platform", "linux/arm64", "--build-arg", "A=two words",
                "--build-arg", "LEVEL=info",
                "--build-arg", "B=c", "--target", "final", "--secret", $"id=npmrc,src={_folder["npmrc"]}", _folder.Path,
            ],
            await File.ReadAllLinesAsync(_folder["asked"], TestContext.Current.CancellationToken));
    }

    private string Project(string path) => Resource($$"""{"type":"project.v0","path":"{{path}}"}""");

    private string Resource(string json) => _folder.Write("manifest.json", $$$"""{"resources":{"api":{{{json}}}}}""");

    /// <summary>With a container engine that does what the script says.</summary>
    private Task<ProgramResult> RunAsync(string script, params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for the container engine is a shell script.");
        var engine = _folder.Write("bin/docker", $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(engine, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var path = $"{_folder["bin"]}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        return Tool.RunProcessAsync(new Dictionary<string, string> { ["PATH"] = path }, [.. arguments, "--non-interactive"]);
    }
}

using Xunit;

namespace Aspirate.Tests;

public sealed class BadOptions : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _manifest;

    public BadOptions() => _manifest = _folder.Write("manifest.json", Models.Parameters(["key", "level"], secret: true).ToJsonString());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task A_missing_parameter_is_named_with_the_option_that_gives_it() =>
        RefuseAsync(["--parameter", "key=hush"], "\"level\"", "--parameter level=VALUE", "--non-interactive");

    [Theory]
    [InlineData("typo=hush", "--parameter typo=", "key, level")]
    [InlineData("key.value=hush", "key.value", "key, level")]
    [InlineData("=hush", "no name", "NAME=VALUE")]
    [InlineData("hush", "no name", "NAME=VALUE")]
    public Task A_parameter_that_the_model_does_not_have_is_named_with_those_that_it_has(string parameter, params string[] named) =>
        RefuseAsync(["--parameter", parameter], named);

    [Theory]
    [InlineData("My-Shop")]
    [InlineData("my_shop")]
    [InlineData("1shop")]
    [InlineData("shop-")]
    [InlineData("a.b")]
    [InlineData("shop\n")]
    [InlineData("n23456789-123456789-123456789-123456789-123456789-123456789-1234")]
    public Task A_namespace_that_Kubernetes_does_not_take_is_refused(string name) =>
        RefuseAsync(["--parameter", "key=hush", "--parameter", "level=hush", "--namespace", name], $"\"{name}\"", "--namespace");

    [Theory]
    [InlineData("--image-pull-policy", "Sometimes", "IfNotPresent, Always or Never")]
    [InlineData("--container-image-tag", "a b", "--container-image-tag")]
    [InlineData("--container-image-tag", "1.0:2", "--container-image-tag")]
    [InlineData("--container-registry", "https://registry.example", "--container-registry")]
    [InlineData("--container-repository-prefix", "My Team", "--container-repository-prefix")]
    public Task A_value_that_no_image_can_have_is_refused(string option, string value, string fix) =>
        RefuseAsync(["--parameter", "key=hush", "--parameter", "level=hush", option, value], value, fix);

    [Fact]
    public async Task A_folder_without_a_project_or_with_two_is_named_with_the_option()
    {
        var empty = Directory.CreateDirectory(_folder["empty"]).FullName;
        await Refusal.AssertAsync(_folder, ["generate", "--project-path", empty], empty, "no project", "--project-path");
        await Refusal.AssertAsync(
            _folder, ["generate", "--project-path", _folder["gone"]], _folder["gone"], "no project", "--project-path");
        _folder.Write("empty/One.csproj", "<Project />");
        _folder.Write("empty/Two.csproj", "<Project />");
        await Refusal.AssertAsync(_folder, ["generate", "--project-path", empty], empty, "several projects", "--project-path");
    }

    [Fact]
    public async Task An_AppHost_that_writes_no_manifest_is_named_with_its_last_words()
    {
        var project = _folder.Write("app/App.csproj", "<Project");
        // As after an earlier build.
        _folder.Write("app/obj/project.assets.json", """{"libraries":{}}""");
        Directory.CreateDirectory(_folder["app/obj/aspirate"]);
        await Refusal.AssertAsync(_folder, ["generate", "--project-path", project], project, "MSB4025");
    }

    /// <summary>A password is any text, also one that a command line could take for something else.</summary>
    [Theory]
    [InlineData("--secret-password", "@file")]
    [InlineData("--secret-password", "with space and \"quotes\"")]
    [InlineData("--secret-password", "눈")]
    [InlineData("--secret-password=-x")]
    [InlineData("--secret-password=--force")]
    public async Task Any_password_is_taken(params string[] password)
    {
        var run = await Tool.RunAsync([
            "generate", "-m", _manifest, "--non-interactive", "--skip-build", "--output-path", _folder["tree"], "--parameter", "key=@x",
            "--parameter", "level=", .. password]);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    private Task RefuseAsync(string[] arguments, params string[] named) =>
        Refusal.AssertAsync(_folder, ["generate", "-m", _manifest, "--secret-password", "hush-password", .. arguments], named);
}

using System.Text.Json.Nodes;
using Xunit;

namespace Aspirate.Tests;

/// <summary>Values on which readers of env files and writers of YAML are known to fail; kustomize is one of each.</summary>
public sealed class AwkwardValues : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Texts => new()
    {
        { "a tab before several lines", "\tfirst\nsecond" },
        { "a tab in an empty line", "\t\n" },
        { "DEL", "a\u007fb" },
        { "a C1 control", "a\u0080b" },
        { "NEL", "a\u0085b" },
        { "NEL in lines", "\n a\u0085b\n" },
        { "a line separator in lines", "\n\n a\u2028b\u2029c\n" },
        { "a noncharacter", "a\ufffeb\uffff" },
        { "a byte order mark", "\ufeff" },
        { "a carriage return in lines", "a\r\nb\rc\n" },
        { "a bell", "\u0007" },
        { "a terminal's colours", "\u001b[31mred\u001b[0m" },
        { "64 KiB in one line", new('x', 65536) },
        { "fewer characters than bytes in one line", new('눈', 30_000) },
        { "a document's end", "---\n...\n" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Texts))]
    public Task A_plain_value_arrives(string what, string text) => AssertArrivesAsync(what, text, secret: false);

    [Theory, MemberData(nameof(Texts))]
    public Task A_secret_arrives(string what, string text) => AssertArrivesAsync(what, text, secret: true);

    [Theory, MemberData(nameof(Texts))]
    public async Task A_mounted_file_arrives(string what, string text)
    {
        _folder.Write("file.txt", text);
        var resource = JsonNode.Parse(
            """{"type":"container.v0","image":"x:1","bindMounts":[{"source":"file.txt","target":"/etc/file.txt"}]}""");
        var manifest = _folder.Write(
            "manifest.json", new JsonObject { ["resources"] = new JsonObject { ["x"] = resource } }.ToJsonString());
        var exported = await Exported.OfAsync(manifest);
        Assert.True(File.ReadAllBytes(_folder["file.txt"]).SequenceEqual(Kubelet.Files(exported.Base, "x").Single().Value), what);
    }

    [Theory]
    [InlineData("y")]
    [InlineData("ON")]
    [InlineData("_0x10")]
    [InlineData("e1")]
    public async Task A_variable_s_name_that_YAML_could_take_for_something_else_arrives_or_is_refused(string name)
    {
        var resources = new JsonObject { ["api"] = Models.Project("api", new Dictionary<string, string> { [name] = "x" }) };
        var manifest = _folder.Write("manifest.json", new JsonObject { ["resources"] = resources }.ToJsonString());
        var run = await Tool.RunAsync("generate", "-m", manifest, "--non-interactive", "--skip-build", "--output-path", _folder["tree"]);
        if (run.ExitCode == 0)
            Assert.Equal("x", Kubelet.Environment(await Kustomize.RenderAsync(_folder["tree"], name), "api")[name]);
        else
            Refusal.AssertSaid(run, $"\"{name}\"");
    }

    private async Task AssertArrivesAsync(string what, string text, bool secret)
    {
        // Those after it in the file must not go with it.
        Dictionary<string, string> values = new() { ["p1"] = text, ["p2"] = "the next one" };
        var manifest = _folder.Write("manifest.json", Models.Parameters(values.Keys, secret).ToJsonString());
        var run = await Tool.RunAsync([
            "generate", "-m", manifest, "--non-interactive", "--skip-build", "--output-path", _folder["tree"],
            .. values.SelectMany(v => new[] { "--parameter", $"{v.Key}={v.Value}" })]);
        Assert.True(run.ExitCode == 0, run.Error);
        var arrived = Kubelet.Environment(await Kustomize.RenderAsync(_folder["tree"], what), "api");
        Assert.Equal(values, arrived);
    }
}

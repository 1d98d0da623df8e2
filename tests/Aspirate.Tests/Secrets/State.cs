using System.Text;
using System.Text.Json.Nodes;
using MsaAspire.Aspirate;
using MsaAspire.Aspirate.Parameters;
using Xunit;

namespace Aspirate.Tests;

/// <summary>The encrypted file that keeps generated secrets from one export to the next.</summary>
public sealed class State : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string StatePath => _folder["aspirate-state.json"];

    public static TheoryData<string> Damages =>
        ["truncated", "empty", "no JSON", "a list", "garbled data", "garbled salt", "a short nonce", "a short tag", "no tag",
        "another version"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Random_values_are_read_as_they_were_written_and_none_can_be_seen_in_the_file()
    {
        var values = RandomText.Sample(1000).Select((text, i) => KeyValuePair.Create($"p{i}", text)).ToDictionary();
        StateFile.Write(StatePath, Exported.Password, values);

        Assert.Equal(values.Order(ByKey), StateFile.Read(StatePath, Exported.Password).Order(ByKey));
        var text = File.ReadAllText(StatePath);
        Assert.DoesNotContain(values.Values.Where(v => v.Length > 8), text.Contains);
        Assert.DoesNotContain(
            values.Values.Where(v => v.Length > 8),
            v => text.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes(v)).TrimEnd('=')[..8]));
        Assert.DoesNotContain("p1", JsonNode.Parse(text)!.AsObject().Select(e => e.Key));
    }

    [Fact]
    public void Two_files_of_the_same_values_have_nothing_in_common()
    {
        Dictionary<string, string> values = new() { ["p"] = "the same value" };
        StateFile.Write(StatePath, Exported.Password, values);
        var first = JsonNode.Parse(File.ReadAllText(StatePath))!.AsObject();
        StateFile.Write(StatePath, Exported.Password, values);
        var second = JsonNode.Parse(File.ReadAllText(StatePath))!.AsObject();
        Assert.All(["salt", "nonce", "tag", "data"], name => Assert.NotEqual(first.Text(name), second.Text(name)));
        Assert.True(first.Number("iterations") >= 600_000);
    }

    [Theory, MemberData(nameof(Damages))]
    public async Task A_damaged_file_is_an_error_that_names_it_and_nobody_touches_it(string damage)
    {
        var manifest = _folder.Write("manifest.json", Generated);
        await File.WriteAllTextAsync(StatePath, Damage(damage), TestContext.Current.CancellationToken);
        await Refusal.AssertAsync(_folder, ["generate", "-m", manifest, "--secret-password", Exported.Password], StatePath, "delete");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(599_999)]
    [InlineData(600_001)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public void Nobody_changes_the_number_of_rounds_unseen(int iterations)
    {
        StateFile.Write(StatePath, Exported.Password, new Dictionary<string, string> { ["p"] = "x" });
        var envelope = JsonNode.Parse(File.ReadAllText(StatePath))!;
        envelope["iterations"] = iterations;
        File.WriteAllText(StatePath, envelope.ToJsonString());
        Assert.Contains(StatePath, Assert.Throws<AspirateException>(() => StateFile.Read(StatePath, Exported.Password)).Message);
    }

    [Fact]
    public async Task A_wrong_password_is_an_error_that_names_the_option()
    {
        var manifest = _folder.Write("manifest.json", Generated);
        await Exported.OfAsync(manifest);
        await Refusal.AssertAsync(
            _folder, ["generate", "-m", manifest, "--output-path", _folder["tree"], "--secret-password", "not this one"], StatePath,
            "password", "--secret-password");
    }

    [Fact]
    public async Task A_generated_secret_stays_the_same_and_a_given_one_is_not_kept()
    {
        var manifest = _folder.Write("manifest.json", Generated);
        string Secret(Exported exported) => Kubelet.Environment(exported.Base, "api")["p"];
        var first = Secret(await Exported.OfAsync(manifest));
        var state = await File.ReadAllBytesAsync(StatePath, TestContext.Current.CancellationToken);

        Assert.Equal("given once", Secret(await Exported.OfAsync(manifest, "--parameter", "p=given once")));
        Assert.Equal(first, Secret(await Exported.OfAsync(manifest)));
        Assert.Equal(state, await File.ReadAllBytesAsync(StatePath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Only_its_owner_reads_a_secret_s_file()
    {
        var exported = await Exported.OfAsync(_folder.Write("manifest.json", Generated));
        // Windows has no modes of files.
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(exported.Tree, "base", "api", "secrets.env")));
        }

        Assert.Equal(["secrets.env", "secrets/"], File.ReadLines(Path.Combine(exported.Tree, ".gitignore")).Where(l => !l.StartsWith('#')));
    }

    private static string Generated { get; } = new JsonObject
    {
        ["resources"] = new JsonObject
        {
            ["api"] = Models.Project("api", new Dictionary<string, string> { ["p"] = "{p.value}" }),
            ["p"] = Models.Parameter("p", secret: true, new() { ["generate"] = new JsonObject { ["minLength"] = 22 } }),
        },
    }.ToJsonString();

    private static IComparer<KeyValuePair<string, string>> ByKey { get; } =
        Comparer<KeyValuePair<string, string>>.Create((a, b) => string.CompareOrdinal(a.Key, b.Key));

    private string Damage(string damage)
    {
        StateFile.Write(StatePath, Exported.Password, new Dictionary<string, string> { ["p"] = "x" });
        var text = File.ReadAllText(StatePath);
        var envelope = JsonNode.Parse(text)!.AsObject();
        switch (damage)
        {
            case "truncated": return text[..(text.Length / 2)];
            case "empty": return "";
            case "no JSON": return "state";
            case "a list": return "[]";
            case "garbled data": Flip(envelope, "data"); break;
            case "garbled salt": Flip(envelope, "salt"); break;
            case "a short nonce": envelope["nonce"] = "AAAA"; break;
            case "a short tag": envelope["tag"] = "AAAA"; break;
            case "no tag": envelope.Remove("tag"); break;
            default: envelope["version"] = 2; break;
        }

        return envelope.ToJsonString();
    }

    private static void Flip(JsonObject envelope, string name)
    {
        var bytes = Convert.FromBase64String(envelope.Text(name)!);
        bytes[^1] ^= 1;
        envelope[name] = Convert.ToBase64String(bytes);
    }
}

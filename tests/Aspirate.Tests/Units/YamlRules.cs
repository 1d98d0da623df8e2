using System.Text.Json.Nodes;
using k8s.Models;
using MsaAspire.Aspirate.Output;
using Xunit;

namespace Aspirate.Tests;

/// <summary>A text stays a text for every reader of YAML.</summary>
public sealed class YamlRules : IDisposable
{
    private const int Random = 500;

    private static readonly string[] s_tricky =
    [
        "on", "Off", "yes", "NO", "y", "n", "true", "False", "null", "~", "", " ", "0", "-1", "+1", "007", "0x10", "0o7", "0b1", "1_000",
        "1e3", "1.5", ".5", ".inf", ".NaN", "1:30",
        "2026-01-01", "2026-01-01T00:00:00Z", "=", "<<", "a: b", "a:", ":", ":a", "a #b", "#a", "- a", "-", "--- a", "---", "...", "? a",
        "&a", "*a", "!a", "!!str a", "%a", "@a",
        "`a`", "|", ">", "'a'", "\"a\"", "'", "\"", "\\", "\\n", "[a]", "{a}", "a, b", "a\nb", "a\n", "\na", "\n", " a", "a ", "a\tb",
        "\ta", "a\rb", "a\r\nb", "a\u0085b", "a\u2028b",
        "\ufeffa", "\u0007", "\u001b[0m", "\u007f", "\u0080", "\ufffe", "눈", "é", "😀", "👩‍👩‍👧", "\U0010ffff", "$(X)", "$$", "/a/b",
        "a/b:c", "a.b-c_d", "1.2.3", "10Gi", "-a", "+a", "_",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_tricky_text_comes_back_as_it_was_as_value_and_as_key()
    {
        var map = new V1ConfigMap { ApiVersion = "v1", Kind = "ConfigMap", Metadata = new() { Name = "x" },
            Data = s_tricky.ToDictionary(t => t) };
        var read = YamlReader.Document(Yaml.OfObject(map))!["data"]!.AsObject();
        Assert.Equal(s_tricky.Select(t => (t, t)),
            read.Select(e => (e.Key, e.Value is JsonValue v && v.TryGetValue<string>(out var text) ? text : $"no text: {e.Value}")));
    }

    [Fact]
    public async Task It_does_so_for_kubectl()
    {
        var read = await ReadByKubectlAsync(s_tricky);
        Assert.Equal(s_tricky, read);
    }

    [Fact]
    public async Task And_so_does_any_text()
    {
        var texts = RandomText.Sample(Random);
        var read = await ReadByKubectlAsync(texts);
        var different = texts.Zip(read).Where(t => t.First != t.Second)
            .Select(t => $"{RandomText.Show(t.First)} became {RandomText.Show(t.Second)}").Take(10).ToList();
        Assert.True(different.Count == 0, string.Join('\n', different));
    }

    [Fact]
    public void What_needs_no_quotes_has_none() => Assert.Equal(
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels:\n    app.kubernetes.io/name: shop\n    version: \"1.0\"\n  name: shop\n",
        Yaml.OfObject(new V1ConfigMap
        {
            ApiVersion = "v1",
            Kind = "ConfigMap",
            Metadata = new() { Name = "shop", Labels = new Dictionary<string,
            string> { ["app.kubernetes.io/name"] = "shop", ["version"] = "1.0" } },
        }));

    /// <summary>As arguments of a pod, for those may be any text.</summary>
    private async Task<IReadOnlyList<string>> ReadByKubectlAsync(IEnumerable<string> texts)
    {
        var pod = new V1Pod { ApiVersion = "v1", Kind = "Pod", Metadata = new() { Name = "x" },
            Spec = new() { Containers = [new() { Name = "x", Args = [.. texts] }] } };
        var read = await Kustomize.ReadAsync(_folder.Write("pod.yaml", Yaml.OfObject(pod)));
        return [.. read.Single().Items("spec/containers/0/args").Select(a => a.GetValue<string>())];
    }
}

using MsaAspire.Aspirate.Parameters;
using Xunit;

namespace Aspirate.Tests;

/// <summary>A thousand random values of parameters on their way from the state file to what a process reads.</summary>
public sealed class RandomValues : IDisposable
{
    private const int Count = 1000, OnCommandLine = 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_value_arrives_in_the_pod_unharmed(bool secret)
    {
        var values = RandomText.Sample(Count).Select((text, i) => (Name: $"p{i}", Text: text))
            .ToDictionary(v => v.Name, v => v.Text);
        var manifest = _folder.Write("manifest.json", Models.Parameters(values.Keys, secret).ToJsonString());
        StateFile.Write(_folder["aspirate-state.json"], Exported.Password, values.Skip(OnCommandLine).ToDictionary());

        var run = await Tool.RunAsync([
            "generate", "-m", manifest, "--non-interactive", "--skip-build", "--secret-password", Exported.Password, "--output-path",
            _folder["tree"],
            .. values.Take(OnCommandLine).SelectMany(v => new[] { "--parameter", $"{v.Key}={v.Value}" })]);

        Assert.True(run.ExitCode == 0, run.Error);
        var rendering = await Kustomize.RenderAsync(_folder["tree"], "base");
        AssertSame(values, Kubelet.Environment(rendering, "api"));
        AssertSame(values, await AsKubectlReadsAsync(rendering, secret));
    }

    /// <summary>Which reads YAML with another library than these tests do.</summary>
    private async Task<IReadOnlyDictionary<string, string>> AsKubectlReadsAsync(Rendering rendering, bool secret)
    {
        var read = await Kustomize.ReadAsync(_folder.Write("rendered.yaml", rendering.Text));
        var again = new Rendering("read by kubectl", "", [.. read.Select(o => o.AsObject())]);
        // What kustomize cannot pass on in a ConfigMap is in the Secret.
        Assert.Equal(secret ? ["Secret"] : ["ConfigMap", "Secret"], again.Of("Secret", "ConfigMap").Select(o => o.Text("kind")).Order());
        return Kubelet.Environment(again, "api");
    }

    private static void AssertSame(Dictionary<string, string> expected, IReadOnlyDictionary<string, string> actual)
    {
        var different = expected.Where(e => actual.GetValueOrDefault(e.Key) != e.Value)
            .Select(e => $"{e.Key}: {RandomText.Show(e.Value)} became {RandomText.Show(actual.GetValueOrDefault(e.Key) ?? "nothing")}")
                .ToList();
        Assert.True(different.Count == 0,
            $"{different.Count} of {expected.Count} values were harmed:\n{string.Join('\n', different.Take(10))}");
        Assert.Equal(expected.Count, actual.Count);
    }
}

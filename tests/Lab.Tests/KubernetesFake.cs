using MsaAspire.Lab.Experiments;
using MsaAspire.Lab.Experiments.Kubernetes;

namespace Lab.Tests;

/// <summary>A kubectl that is a script: it keeps what it is asked in a log, and has the contexts <c>here</c> and <c>there</c>.</summary>
internal sealed class KubernetesFake : IDisposable
{
    private const string Rendered = """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop-of-a-test
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: gateway
          namespace: shop-of-a-test
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("lab-tests-").FullName;

    /// <param name="current">What <c>config current-context</c> says.</param>
    /// <param name="found">What is printed for the namespace.</param>
    /// <param name="rendered">What kustomize makes of the tree; null for a shop of one namespace.</param>
    public KubernetesFake(string current = "here", string found = "", string? rendered = null)
    {
        File.WriteAllText(Path.Combine(_folder, "rendered.yaml"), rendered ?? Rendered);
        File.WriteAllText(Program, $"""
            #!/bin/sh
            echo "$*" >> '{Log}'
            case "$3 $4" in
              "config get-contexts") printf 'here\nthere\n' ;;
              "config current-context") echo '{current}' ;;
              "version "*) echo '{"{}"}' ;;
              "kustomize "*) cat '{_folder}/rendered.yaml' ;;
              "get namespace") printf '%s' '{found}' ;;
              "create namespace"|"delete namespace") ;;
              "proxy "*) echo 'Starting to serve on 127.0.0.1:9'; exec sleep 60 ;;
              *) echo 'not in this test' >&2; exit 1 ;;
            esac
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Program => Path.Combine(_folder, "kubectl");

    public string Tree => Path.Combine(_folder, "tree");

    /// <summary>What it was asked so far, each with all its arguments.</summary>
    public IReadOnlyList<string> Asked => File.Exists(Log) ? File.ReadAllLines(Log) : [];

    private string Log => Path.Combine(_folder, "log");

    /// <summary>Makes a tree for it to render.</summary>
    public KubernetesFake WithTree(string overlay = "overlays/prod")
    {
        Directory.CreateDirectory(Path.Combine(Tree, overlay));
        File.WriteAllText(Path.Combine(Tree, overlay, "kustomization.yaml"), "");
        return this;
    }

    public Task<Findings> RunAsync(string? context, CancellationToken cancellation) => RunAsync(new(Program, null, Tree), context, cancellation);

    public static async Task<Findings> RunAsync(Surroundings surroundings, string? context, CancellationToken cancellation)
    {
        var findings = new Findings();
        await new KubernetesExperiment(surroundings).RunAsync(new(1, 1, Quick: false, context, _ => { }), findings, cancellation);
        return findings;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

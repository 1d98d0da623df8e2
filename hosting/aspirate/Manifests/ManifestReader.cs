using System.Text.Json;

namespace MsaAspire.Aspirate.Manifests;

/// <summary>Reads any standard Aspire manifest; an unsupported entry is an error that names the resource.</summary>
public static class ManifestReader
{
    /// <summary>The properties that are read, by type; a deployment is for Azure alone.</summary>
    private static readonly string[] s_running = ["type", "env", "args", "bindings", "deployment"],
        s_project = [.. s_running, "path"],
        s_executable = [.. s_running, "workingDirectory", "command"],
        s_container = [.. s_running, "image", "build", "entrypoint", "volumes", "bindMounts", "connectionString"],
        s_dockerfile = [.. s_running, "context", "path", "buildArgs", "entrypoint", "volumes", "bindMounts", "connectionString"],
        s_build = ["context", "dockerfile", "stage", "args", "secrets", "buildOnly"];

    /// <summary>Reads and validates the manifest at <paramref name="path"/>.</summary>
    /// <exception cref="AspirateException">It cannot be read, is not a manifest, or has a resource without a counterpart in a cluster.</exception>
    public static Manifest Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllText(path),
                new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return Read(document.RootElement, Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AspirateException(
                $"The manifest {path} cannot be read: {e.Message} Give its path with --aspire-manifest, or let --project-path name the "
                + "AppHost that writes one.", e);
        }
        catch (JsonException e)
        {
            throw new AspirateException($"The manifest {path} is not JSON: {e.Message} Have the AppHost write it again.", e);
        }
    }

    private static Manifest Read(JsonElement root, string folder)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("resources", out var resources)
            || resources.ValueKind != JsonValueKind.Object)
        {
            throw new AspirateException(
                "The manifest has no \"resources\" object, so it is not one that an Aspire AppHost has written. "
                + "Name another with --aspire-manifest, or have the AppHost write it again.");
        }

        var read = new List<Resource>();
        var problems = new List<string>();
        var notes = new List<string>();
        foreach (var entry in resources.EnumerateObject())
        {
            try
            {
                var node = new Node(entry.Name, "", entry.Value);
                var resource = Read(node, folder);
                if (read.Exists(r => string.Equals(r.Name, resource.Name, StringComparison.OrdinalIgnoreCase)))
                    throw new ManifestProblem($"resource \"{entry.Name}\" is there twice; names must differ by more than case");
                if (IsBuiltForOthers(node))
                {
                    notes.Add($"{node.Name} is built for others only (buildOnly), so it is not deployed.");
                    continue;
                }

                read.Add(resource);
                notes.AddRange(NotRead(node).Select(property =>
                    $"{node.Name} has {property} in the manifest, which is not known here and not exported."));
            }
            catch (ManifestProblem e)
            {
                problems.Add(e.Message);
            }
        }

        return problems.Count == 0
            ? new Manifest(folder, read) { Notes = notes }
            : throw new AspirateException(
                $"The manifest cannot be exported: {string.Join("; ", problems)}. Change the app model, or leave these resources out of it "
                + "when publishing.");
    }

    private static bool IsBuiltForOthers(Node node) => node.Text("type") == "container.v1" && node.Has("build") && node.Child("build").Flag("buildOnly");

    private static IEnumerable<string> NotRead(Node node) => node.Text("type") switch
    {
        "project.v0" or "project.v1" => node.Others(s_project),
        "executable.v0" => node.Others(s_executable),
        "container.v0" => node.Others(s_container),
        "container.v1" => node.Others(s_container).Concat(node.Has("build") ? node.Child("build").Others(s_build) : []),
        "dockerfile.v0" => node.Others(s_dockerfile),
        _ => [],
    };

    private static Resource Read(Node node, string folder)
    {
        var type = node.Text("type");
        if (node.Has("containerFiles"))
        {
            throw new ManifestProblem(
                $"resource \"{node.Name}\" takes files of {string.Join(", ", node.Children("containerFiles").Select(c => c.Key))} into its image "
                + "(containerFiles), which is not supported: have its own build copy them, with a Dockerfile of several stages");
        }

        return type switch
        {
            "project.v0" or "project.v1" => new ProjectResource(node.Name, FullPath(folder, node.Text("path")))
            {
                Environment = node.Templates("env"), Arguments = node.List("args"), Bindings = Bindings(node),
            },
            "executable.v0" => new ExecutableResource(node.Name, FullPath(folder, node.Text("workingDirectory")), node.Text("command"))
            {
                Environment = node.Templates("env"), Arguments = node.List("args"), Bindings = Bindings(node),
            },
            "container.v0" => Container(node, folder, node.Text("image"), build: null),
            "container.v1" when node.Has("image") => Container(node, folder, node.Text("image"), build: null),
            "container.v1" => Container(node, folder, image: null, Build(node.Child("build"), folder)),
            "dockerfile.v0" => Container(node, folder, image: null, new DockerBuild(
                FullPath(folder, node.Text("context")), FullPath(folder, node.Text("path")),
                null, node.Templates("buildArgs"),
                new Dictionary<string, BuildSecret>())),
            "parameter.v0" => new ParameterResource(node.Name, node.OptionalText("connectionString"), node.Text("value"), Inputs(node)),
            "value.v0" => new ValueResource(node.Name, node.OptionalText("connectionString"), node.OptionalText("value")),
            "annotated.string" => new AnnotatedString(node.Name, node.Text("value"), node.Text("filter")),
            _ => throw new ManifestProblem($"resource \"{node.Name}\" has the type {type}, which has no counterpart in Kubernetes"),
        };
    }

    private static ContainerResource Container(Node node, string folder, string? image, DockerBuild? build) =>
        new(node.Name, node.OptionalText("connectionString"), image, build)
        {
            Environment = node.Templates("env"),
            Arguments = node.List("args"),
            Bindings = Bindings(node),
            Entrypoint = node.OptionalText("entrypoint"),
            Volumes = [.. node.Items("volumes").Select(v => new Volume(v.OptionalText("name"), v.Text("target"), v.Flag("readOnly")))],
            BindMounts =
            [
                .. node.Items("bindMounts")
                    .Select(m => new BindMount(FullPath(folder, m.Text("source")), m.Text("target"), m.Flag("readOnly"))),
            ],
        };

    private static DockerBuild Build(Node build, string folder) => new(
        FullPath(folder, build.Text("context")), FullPath(folder, build.Text("dockerfile")), build.OptionalText("stage"), build.Templates("args"),
        build.Children("secrets").ToDictionary(
            s => s.Key,
            s => s.Value.Text("type") == "file"
                ? new BuildSecret(FullPath(folder, s.Value.Text("source")), null)
                : new BuildSecret(null, s.Value.Text("value"))));

    private static List<Binding> Bindings(Node node) =>
    [
        .. node.Children("bindings").Select(b => new Binding(
            b.Key, b.Value.Text("scheme"), b.Value.OptionalText("protocol") ?? "tcp", b.Value.OptionalText("transport") ?? "tcp",
            b.Value.Port("port"), b.Value.Port("targetPort"), b.Value.Flag("external"))),
    ];

    private static Dictionary<string, ParameterInput> Inputs(Node node) =>
        node.Children("inputs").ToDictionary(i => i.Key, i => Input(i.Value));

    private static ParameterInput Input(Node node)
    {
        if (!node.Has("default"))
            return new(node.Flag("secret"), null, null);
        var given = node.Child("default");
        if (!given.Has("generate"))
            return new(node.Flag("secret"), given.Text("value"), null);
        var rule = given.Child("generate");
        return new(node.Flag("secret"), null, new(
            rule.Number("minLength", 22), rule.Flag("lower", true), rule.Flag("upper", true), rule.Flag("numeric", true), rule.Flag("special", true),
            rule.Number("minLower", 0), rule.Number("minUpper", 0), rule.Number("minNumeric", 0), rule.Number("minSpecial", 0)));
    }

    private static string FullPath(string folder, string path) => Path.GetFullPath(path.Replace('\\', '/'), folder);
}

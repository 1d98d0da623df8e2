using MsaAspire.Aspirate.Manifests;

namespace MsaAspire.Aspirate.Planning;

/// <summary>A template's value in the cluster.</summary>
/// <param name="IsSecret">It contains a secret.</param>
/// <param name="Calls">The bindings of other resources that it refers to.</param>
/// <param name="LeadsOutside">It contains an external connection string.</param>
internal sealed record Resolved(string Text, bool IsSecret, IReadOnlySet<Call> Calls, bool LeadsOutside);

/// <summary>A resource reaches a port of another.</summary>
internal readonly record struct Call(string Resource, Port Port);

/// <summary>Resolves the references in a manifest's templates to their values in the cluster.</summary>
internal sealed class Resolver(
    Manifest manifest, IReadOnlyDictionary<string, string> names, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Port>> ports,
    IReadOnlyDictionary<string, string> parameters, Func<ComputeResource, string> image)
{
    /// <summary>Deeper than any model nests its connection strings.</summary>
    private const int MostDeep = 32;

    /// <summary>The value of <paramref name="template"/>, which belongs to <paramref name="owner"/>.</summary>
    /// <exception cref="AspirateException">A reference cannot be resolved.</exception>
    public Resolved Resolve(Resource owner, string template)
    {
        var run = new Run(this, owner);
        return new(run.Expand(template, 0), run.IsSecret, run.Calls, run.LeadsOutside);
    }

    private sealed class Run(Resolver resolver, Resource owner)
    {
        public bool IsSecret { get; private set; }

        public bool LeadsOutside { get; private set; }

        public HashSet<Call> Calls { get; } = [];

        public string Expand(string template, int depth) => depth > MostDeep
            ? throw new AspirateException($"The resource \"{owner.Name}\" has a circular reference to itself. Remove it from the app model.")
            : Template.Replace(template, (name, path) => Value(name, path, depth + 1));

        private string Value(string name, string path, int depth) => (resolver.Find(name), path.Split('.')) switch
        {
            (null, _) => throw Problem(name, path, "there is no such resource"),
            ({ ConnectionString: { } text } r, ["connectionString"]) => ConnectionString(r, text, depth),
            (ParameterResource p, ["value"]) => Expand(p.Value, depth),
            (ParameterResource p, ["inputs", var input]) => Input(p, input, path),
            (ValueResource { Value: { } text }, ["value"]) => Expand(text, depth),
            (AnnotatedString a, ["value"]) => Filter(a, depth),
            (ComputeResource r, ["bindings", var binding, var property]) => Endpoint(r, binding, property, path),
            (ComputeResource r, ["containerImage"]) => resolver.Image(r),
            _ => throw Problem(name, path, "it has no such property"),
        };

        private string ConnectionString(Resource resource, string template, int depth)
        {
            LeadsOutside |= resource is ParameterResource;
            return Expand(template, depth);
        }

        private string Input(ParameterResource parameter, string input, string path)
        {
            if (!parameter.Inputs.TryGetValue(input, out var rule))
                throw Problem(parameter.Name, path, "it has no such input");
            IsSecret |= rule.Secret;
            return resolver.Parameter(parameter, input);
        }

        private string Filter(AnnotatedString annotated, int depth) => annotated.Filter == "uri"
            ? Uri.EscapeDataString(Expand(annotated.Value, depth))
            : throw Problem(annotated.Name, "value", $"its filter \"{annotated.Filter}\" is not supported, only \"uri\" is");

        private string Endpoint(ComputeResource resource, string binding, string property, string path)
        {
            if (!resolver.PortsOf(resource).TryGetValue(binding, out var port))
                throw Problem(resource.Name, path, "it has no such binding");
            if (resource != owner && property is not "targetPort" and not "scheme")
                Calls.Add(new(resource.Name, port));
            var host = resolver.HostOf(resource);
            return property switch
            {
                "host" => host,
                "port" => $"{port.ServicePort}",
                "targetPort" => $"{port.ContainerPort}",
                "scheme" => port.Scheme,
                "hostAndPort" => $"{host}:{port.ServicePort}",
                "url" => $"{port.Scheme}://{host}:{port.ServicePort}",
                _ => throw Problem(resource.Name, path, "a binding has no such property"),
            };
        }

        private AspirateException Problem(string name, string path, string what) =>
            new(
                $"The resource \"{owner.Name}\" refers to {{{name}.{path}}}, but {what}. "
                + "Correct the reference in the app model, or have the AppHost write the manifest again.");
    }

    private Resource? Find(string name) => manifest.Find(name);

    private string HostOf(Resource resource) => names[resource.Name];

    private IReadOnlyDictionary<string, Port> PortsOf(Resource resource) => ports[resource.Name];

    private string Parameter(ParameterResource parameter, string input) => parameters[$"{parameter.Name}.{input}"];

    private string Image(ComputeResource resource) => image(resource);
}

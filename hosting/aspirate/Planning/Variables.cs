using System.Text;
using System.Text.RegularExpressions;
using MsaAspire.Aspirate.Manifests;

namespace MsaAspire.Aspirate.Planning;

/// <summary>Collects a workload's environment and arguments; secret values always go to the Secret.</summary>
internal sealed partial class Variables(ComputeResource owner, Resolver resolver)
{
    private readonly SortedDictionary<string, string> _config = new(StringComparer.Ordinal), _secrets = new(StringComparer.Ordinal);
    private readonly HashSet<Call> _calls = [];
    private readonly List<string> _outside = [];
    private int _secretArguments;

    /// <summary>Including the separator and the terminator.</summary>
    private const int LongestVariable = (128 * 1024) - 2;

    public IReadOnlyDictionary<string, string> Config => _config;

    public IReadOnlyDictionary<string, string> Secrets => _secrets;

    public IReadOnlySet<Call> Calls => _calls;

    /// <summary>The values that include an external connection string.</summary>
    public IReadOnlyList<string> Outside => _outside;

    public void Add(string name, string template)
    {
        var value = Resolve(template);
        var key = Names.Variable(owner.Name, name);
        _config.Remove(key);
        _secrets.Remove(key);
        (value.IsSecret || !ConfigMapValue.IsSupported(value.Text) ? _secrets : _config)[key] = LimitChecked(key, value.Text);
    }

    /// <summary>Sets a variable where the model does not.</summary>
    public void AddDefault(string name, string value)
    {
        if (!_secrets.ContainsKey(name))
            _config.TryAdd(name, value);
    }

    /// <summary>An argument of a pod's specification. Readers of that must not see secrets, so secrets are passed by a variable.</summary>
    public string Argument(string template)
    {
        var value = Resolve(template);
        if (!value.IsSecret)
            return Dollars.Replace(value.Text, "$$$$");
        var name = $"ASPIRATE_ARGUMENT_{_secretArguments++}";
        _secrets[name] = value.Text;
        return $"$({name})";
    }

    private string LimitChecked(string name, string value) => Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value) < LongestVariable
        ? value
        : throw new AspirateException(
            $"The environment variable \"{name}\" of the resource \"{owner.Name}\" is longer than the 128 KiB that Linux allows at the start of a "
            + "process. Put the value into a file that the container mounts.");

    private Resolved Resolve(string template)
    {
        var value = resolver.Resolve(owner, template);
        _calls.UnionWith(value.Calls);
        if (value.LeadsOutside)
            _outside.Add(value.Text);
        return value;
    }

    /// <summary>Kubernetes reads <c>$(NAME)</c> as a variable and <c>$$</c> as a dollar.</summary>
    [GeneratedRegex(@"\$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dollars { get; }
}

using System.Runtime.CompilerServices;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace MsaAspire.Testing;

/// <summary>
/// A test of the long tier: it takes minutes, or a machine with more on it. <c>dotnet test</c> does not know of it, unless the variable
/// <c>TEST_TIER</c> says <c>long</c>; <c>--filter-trait tier=long</c> then leaves the others out.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(LongFactDiscoverer))]
public sealed class LongFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : FactAttribute(sourceFilePath, sourceLineNumber), ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [KeyValuePair.Create("tier", "long")];
}

/// <summary>Finds the tests of the long tier when they are asked for.</summary>
public sealed class LongFactDiscoverer : IXunitTestCaseDiscoverer
{
    private readonly FactDiscoverer _facts = new();

    public ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute) =>
        Environment.GetEnvironmentVariable("TEST_TIER") == "long" ? _facts.Discover(discoveryOptions, testMethod, factAttribute) : new([]);
}

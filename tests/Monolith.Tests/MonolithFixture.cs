using Xunit;

[assembly: AssemblyFixture(typeof(Monolith.Tests.MonolithFixture))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Monolith.Tests;

/// <summary>The shop as a monolith, which all tests of this assembly share.</summary>
public sealed class MonolithFixture : ShopFixture
{
    protected override Shape Shape => Shape.Monolith;
}

using Xunit;

namespace Monolith.Tests;

public sealed class Faults(MonolithFixture shop) : Shop.Tests.ComesBack(shop)
{
    [Theory]
    [InlineData("monolith")]
    [InlineData("broker")]
    [InlineData("postgres")]
    public Task A_killed_part_shows_in_its_state_and_comes_back_with_its_data(string resource) => KilledItComesBackAsync(resource);
}

using Xunit;

namespace Shop.Tests;

public sealed class Faults(ShopFixture shop) : ComesBack(shop)
{
    [Theory]
    [InlineData("ordering")]
    [InlineData("inventory")]
    [InlineData("payment")]
    [InlineData("broker")]
    [InlineData("postgres")]
    public Task A_killed_part_shows_in_its_state_and_comes_back_with_its_data(string resource) => KilledItComesBackAsync(resource);
}

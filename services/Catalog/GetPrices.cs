using Microsoft.AspNetCore.Http.HttpResults;
using MsaAspire.ServiceDefaults;
using Npgsql;

namespace MsaAspire.Catalog;

/// <summary>What ordering needs to know of a product.</summary>
public sealed record Price(int Id, string Name, decimal Amount, string Currency);

/// <summary>The prices of up to 100 products in one call, for other services. Products that do not exist are left out.</summary>
internal static class GetPrices
{
    private const int MaxIds = 100;

    /// <summary>The prices of some products, for other services</summary>
    /// <param name="id">Up to 100 product numbers. Unknown numbers are left out of the response.</param>
    /// <param name="database"></param>
    /// <param name="cancellation"></param>
    /// <response code="200">The prices.</response>
    /// <response code="400">`invalid-request`: more than 100 numbers.</response>
    public static async Task<Results<Ok<IReadOnlyList<Price>>, ProblemHttpResult>> HandleAsync(
        int[] id, [FromKeyedServices(CatalogModule.Database)] NpgsqlDataSource database, CancellationToken cancellation)
    {
        if (id.Length > MaxIds)
            return Problems.Invalid(new Dictionary<string, string[]> { ["id"] = [$"at most {MaxIds}"] });
        await using var command = database.CreateCommand("SELECT id, name, price, currency FROM catalog.products WHERE id = ANY($1)");
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var prices = new List<Price>(id.Length);
        while (await reader.ReadAsync(cancellation))
            prices.Add(new(reader.GetInt32(0), reader.GetString(1), reader.GetDecimal(2), reader.GetString(3)));
        return TypedResults.Ok<IReadOnlyList<Price>>(prices);
    }
}

using System.Text.Json;

namespace MsaAspire.Lab.Load;

/// <summary>All requests, built once so that the generator costs little while it measures.</summary>
internal sealed class PreparedRequests
{
    private const int Pages = 3, Products = 48, Orders = 1000;

    /// <summary>The products up to this number never run short.</summary>
    private const int Plentiful = 46;

    private static readonly string[] s_words =
        ["kettle", "steel", "tea", "knife", "pan", "glass", "coffee", "linen", "oak", "grinder", "cups", "no such thing"];

    private readonly Uri[] _pages, _products, _searches;
    private readonly byte[][] _orders;

    public PreparedRequests(Uri gateway, int seed)
    {
        _pages = [.. Enumerable.Range(1, Pages).Select(page => new Uri(gateway, $"api/products?page={page}"))];
        _products = [.. Enumerable.Range(1, Products).Select(id => new Uri(gateway, $"api/products/{id}"))];
        _searches = [.. s_words.Select(word => new Uri(gateway, $"api/products?search={Uri.EscapeDataString(word)}"))];
        var random = new Random(seed);
        _orders = [.. Enumerable.Range(0, Orders).Select(i => JsonSerializer.SerializeToUtf8Bytes(new
        {
            customer = $"Customer {i}",
            items = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(1, Plentiful + 1)).Distinct()
                .Select(product => new { productId = product, quantity = random.Next(1, 4) }).ToList(),
            payment = new { token = "tok_ok" },
        }))];
    }

    /// <summary>A page of products or one product, each as likely as the other.</summary>
    public Uri Browse(int choice) => choice % 2 == 0 ? Of(_pages, choice / 2) : Of(_products, choice / 2);

    /// <summary>A search for a word; most find something.</summary>
    public Uri Search(int choice) => Of(_searches, choice);

    /// <summary>An order that the shop can fulfil, as JSON.</summary>
    public byte[] Order(int choice) => Of(_orders, choice);

    private static T Of<T>(T[] all, int choice) => all[choice % all.Length];
}

/** Lower triangle L of a symmetric positive matrix A = L Lᵀ, both n × n by rows. */
export function cholesky(matrix: Float64Array, n: number): Float64Array {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      // Two sums wait for each other less than one.
      let [sum, rest] = [matrix[i * n + j] ?? 0, 0];
      let [a, b] = [i * n, j * n];
      for (const last = b + j - 1; b < last; a += 2, b += 2) {
        sum -= (lower[a] ?? 0) * (lower[b] ?? 0);
        rest -= (lower[a + 1] ?? 0) * (lower[b + 1] ?? 0);
      }
      if (b < j * n + j) rest -= (lower[a] ?? 0) * (lower[b] ?? 0);
      sum += rest;
      lower[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (lower[j * n + j] ?? 1);
    }
  }
  return lower;
}

/** Inverse of L Lᵀ. */
export function invert(lower: Float64Array): Float64Array {
  const n = Math.round(Math.sqrt(lower.length));
  const half = new Float64Array(n * n);
  for (let column = 0; column < n; column++) {
    for (let i = column; i < n; i++) {
      let sum = i === column ? 1 : 0;
      for (let k = column; k < i; k++) sum -= (lower[i * n + k] ?? 0) * (half[k * n + column] ?? 0);
      half[i * n + column] = sum / (lower[i * n + i] ?? 1);
    }
  }
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < n; k++) sum += (half[k * n + i] ?? 0) * (half[k * n + j] ?? 0);
      inverse[i * n + j] = sum;
      inverse[j * n + i] = sum;
    }
  }
  return inverse;
}

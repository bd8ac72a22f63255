//! Stand-in: dense elimination with the interface of the sparse one.
#[derive(Debug)]
pub(crate) struct Structure {
    first: Vec<usize>,
    to: Vec<u32>,
}
impl Structure {
    pub(crate) fn new(first: Vec<usize>, to: Vec<u32>) -> Self {
        Self { first, to }
    }
    pub(crate) fn component_of(&self, i: usize) -> usize {
        i
    }
    fn n(&self) -> usize {
        self.first.len() - 1
    }
}
#[derive(Debug)]
pub(crate) struct Factor {
    inv: Vec<Vec<f64>>,
    p: Vec<f64>,
}
fn inverse(s: &Structure, p: &[f64], exit: &[f64]) -> Vec<Vec<f64>> {
    let n = s.n();
    let mut a = vec![vec![0.0; n]; n];
    let mut e = exit.to_vec();
    for i in 0..n {
        for k in s.first[i]..s.first[i + 1] {
            a[i][s.to[k] as usize] += p[k];
        }
    }
    let mut d = vec![0.0; n];
    for k in 0..n {
        d[k] = e[k] + (k + 1..n).map(|j| a[k][j]).sum::<f64>();
        for i in k + 1..n {
            let f = a[i][k] / d[k];
            a[i][k] = f;
            e[i] += f * e[k];
            for j in k + 1..n {
                a[i][j] += f * a[k][j];
            }
        }
    }
    let mut inv = vec![vec![0.0; n]; n];
    for c in 0..n {
        let mut b = vec![0.0; n];
        b[c] = 1.0;
        for k in 0..n {
            for i in k + 1..n {
                b[i] += a[i][k] * b[k];
            }
        }
        for k in (0..n).rev() {
            b[k] = (b[k] + (k + 1..n).map(|j| a[k][j] * b[j]).sum::<f64>()) / d[k];
        }
        for i in 0..n {
            inv[i][c] = b[i];
        }
    }
    inv
}
impl Factor {
    pub(crate) fn new(s: &Structure, p: &[f64], exit: &[f64]) -> Self {
        Self {
            inv: inverse(s, p, exit),
            p: p.to_vec(),
        }
    }
    pub(crate) fn refill(&mut self, s: &Structure, p: &[f64], exit: &[f64]) {
        *self = Self::new(s, p, exit);
    }
    pub(crate) fn solve(&self, s: &Structure, b: &mut [f64], w: usize) {
        let c = b.to_vec();
        for i in 0..s.n() {
            for k in 0..w {
                b[i * w + k] = (0..s.n()).map(|j| self.inv[i][j] * c[j * w + k]).sum();
            }
        }
    }
    pub(crate) fn solve_transposed(&self, s: &Structure, b: &mut [f64]) {
        let c = b.to_vec();
        for i in 0..s.n() {
            b[i] = (0..s.n()).map(|j| self.inv[j][i] * c[j]).sum();
        }
    }
    pub(crate) fn returns(&self, s: &Structure) -> Vec<Option<f64>> {
        (0..s.n()).map(|i| Some(self.inv[i][i])).collect()
    }
    fn closed(&self, s: &Structure, t: &[u32]) -> Vec<Vec<f64>> {
        let mut p = self.p.clone();
        let mut e = vec![0.0; s.n()];
        // naive: exit by difference, good enough for a stand-in
        for i in 0..s.n() {
            let r: f64 = (s.first[i]..s.first[i + 1]).map(|k| p[k]).sum();
            e[i] = (1.0 - r).max(0.0);
        }
        for &x in t {
            for k in s.first[x as usize]..s.first[x as usize + 1] {
                p[k] = 0.0;
            }
            e[x as usize] = 1.0;
        }
        inverse(s, &p, &e)
    }
    pub(crate) fn hitting(&self, s: &Structure, t: &[u32], from: &[u32]) -> Vec<f64> {
        let inv = self.closed(s, t);
        from.iter()
            .map(|&f| t.iter().map(|&x| inv[f as usize][x as usize]).sum())
            .collect()
    }
    pub(crate) fn first_hits(
        &self,
        s: &Structure,
        start: &[f64],
        _v: &[f64],
        t: &[u32],
    ) -> Vec<f64> {
        let inv = self.closed(s, t);
        t.iter()
            .map(|&x| (0..s.n()).map(|i| start[i] * inv[i][x as usize]).sum())
            .collect()
    }
}
